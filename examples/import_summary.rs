//! Prints what the importer reads off a document: `cargo run --example import_summary FILE`.

use lianxi::domain::NodeKind;
use lianxi::import;

fn main() {
    let usage = "usage: import_summary FILE [READINGS.toml]";
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect(usage);
    let bytes = std::fs::read(&path).expect("the file can be read");
    let decoded = match import::decode(&bytes) {
        Ok(decoded) => decoded,
        Err(error) => return println!("{error:?}"),
    };
    let mut read = import::read_official(&decoded.text);
    if let Some(readings) = arguments.next() {
        let toml = std::fs::read_to_string(readings).expect("the readings can be read");
        match import::with_readings(&read, &toml) {
            Ok(with) => read = with,
            Err(errors) => return errors.iter().for_each(|error| println!("{error:?}")),
        }
    }
    println!("{path}: {} {:?} crlf {}", decoded.charset.name(), read.form, decoded.crlf);
    println!("{:#?}", read.info);
    for kind in NodeKind::ALL {
        println!("{:>4} {}", read.text.nodes.iter().filter(|node| node.kind == kind).count(), kind.token());
    }
    for (node, line) in read.text.nodes.iter().zip(&read.lines) {
        let text: String = node.text.chars().take(30).collect();
        println!("L{line:<4} {:<12} {:<9} {:<6} {} | {text}", node.id, node.kind.token(), node.number, node.title);
    }
    for unit in &read.units {
        println!("{:?} {} = {} {:?}", unit.group, unit.id, unit.full, unit.aliases);
    }
    for row in &read.matrix.rows {
        let leads = row.leads();
        println!("{} [{}] {} lead {leads:?} with {:?}", row.id, row.category, row.content, row.responsible());
    }
    for target in &read.targets {
        println!(
            "{} {} {} {} {}{} soft {} yearly {} due {} {:?} | {}",
            target.id,
            target.node,
            target.name,
            target.comparison.token(),
            target.value,
            target.unit,
            target.soft,
            target.yearly,
            target.due,
            target.baseline,
            target.wording
        );
    }
    println!("dues {:?}", read.dues);
    for proposal in &read.proposals {
        let repair = &proposal.repair;
        println!(
            "L{} {:?} {} at {} {:?} -> {:?} {} {} accepted {}",
            proposal.line,
            proposal.rule,
            repair.node,
            repair.at,
            repair.scraped,
            repair.read,
            repair.certainty.token(),
            repair.why,
            proposal.accepted
        );
    }
    println!("unplaced {:?}", read.unplaced);
    for finding in &read.findings {
        println!("{finding:?}");
    }
}
