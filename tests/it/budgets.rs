//! What keys cost on the wire with the real plan: bytes of a frame on a screen of 160 by 45.

use crate::stage::Stage;
use lianxi::text::Lang;

const SIZE: (u16, u16) = (160, 45);

fn stage(keys: &str) -> Stage {
    let mut stage = Stage::new(SIZE, Lang::Zh);
    stage.keys(keys);
    stage
}

/// The bytes of every move with one key to the end: those that scroll and those that do not.
fn moves(stage: &mut Stage, key: &str) -> (Vec<Cost>, Vec<Cost>) {
    let (mut still, mut scrolled) = (Vec::new(), Vec::new());
    loop {
        let (from, first) = (stage.selected(), first_rows(stage));
        stage.keys(key);
        let to = stage.selected();
        if from == to {
            return (still, scrolled);
        }
        let costs = if first_rows(stage) == first { &mut still } else { &mut scrolled };
        costs.push((stage.bytes().len(), from, to));
    }
}

/// What stands at the upper end of both panes, the cursor left out.
fn first_rows(stage: &Stage) -> Vec<String> {
    stage.lines()[2..5].iter().map(|line| line.replace('▌', " ")).collect()
}

fn median(costs: &[Cost]) -> usize {
    let mut bytes: Vec<usize> = costs.iter().map(|(bytes, _, _)| *bytes).collect();
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

fn print(name: &str, costs: &[Cost]) {
    let (worst, from, to) = costs.iter().max().expect("a move");
    println!("{name}: median {} B of {} moves, worst {worst} B from {from} to {to}", median(costs), costs.len());
}

type Cost = (usize, String, String);

fn is_within(cost: &Cost) -> bool {
    let section = |id: &str| id.rsplit_once('.').map(|(section, _)| section.to_string());
    section(&cost.1) == section(&cost.2)
}

#[test]
fn a_cursor_move_in_the_tree_is_150_bytes() {
    for (name, keys) in [("beside the text", "5<home>"), ("without the text", "5<home>v")] {
        let mut stage = stage(keys);
        for key in ["<down>", "<up>"] {
            let (still, _) = moves(&mut stage, key);
            let within: Vec<Cost> = still.into_iter().filter(is_within).collect();
            print(&format!("{key}, {name}"), &within);
            assert!(median(&within) <= 150, "{name}: {} B", median(&within));
        }
    }
}

#[test]
fn a_row_scrolled_is_400_bytes() {
    let mut stage = stage("5v<home>");
    for key in ["<down>", "<up>"] {
        let (_, scrolled) = moves(&mut stage, key);
        let (within, beyond): (Vec<Cost>, Vec<Cost>) = scrolled.into_iter().partition(is_within);
        print(&format!("{key}, one row"), &within);
        print(&format!("{key}, one row into another section"), &beyond);
        assert!(median(&within) <= 400, "{} B", median(&within));
    }
}

#[test]
fn a_page_is_little_more_than_its_text() {
    for (keys, page) in
        [("5<home><pgdn>", "<pgdn>"), ("5<home>v<pgdn>", "<pgdn>"), ("5<home>", "<tab>"), ("5<home><tab>", "<tab>")]
    {
        let mut stage = stage(keys);
        stage.keys(page);
        let (bytes, text) = (stage.bytes().len(), stage.text().len());
        println!("{page} after {keys}: {bytes} B for {text} B of text");
        assert!(bytes * 100 <= text * 110, "{keys}: {bytes} B for {text} B of text");
    }
}

#[test]
fn a_whole_frame_is_no_more_than_its_text() {
    for keys in ["5<home>", "<tab>", "5<home>v"] {
        let mut stage = stage(keys);
        let before = stage.lines();
        stage.keys("<ctrl-l>");
        let (bytes, text) = (stage.bytes().len(), stage.text().len());
        println!("a whole frame after {keys}: {bytes} B for {text} B of text");
        assert!(bytes * 100 <= text * 110, "{keys}: {bytes} B for {text} B of text");
        assert_eq!(stage.lines(), before);
    }
}

#[test]
fn a_move_in_the_table_is_200_bytes() {
    let mut stage = stage("<tab>");
    let mut costs = Vec::new();
    for _ in 0..27 {
        let from = stage.selected();
        stage.keys("<right>");
        costs.push((stage.bytes().len(), from.clone(), from));
    }
    print("right", &costs);
    assert!(median(&costs) <= 200);
    for keys in ["<home>", "<home><left><left><left><left>"] {
        stage.keys(keys);
        let (down, _) = moves(&mut stage, "<down>");
        print("down in the table", &down);
        assert!(median(&down) <= 200, "{} B", median(&down));
    }
}

#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    let mut stage = stage("<home>");
    stage.keys("<up>");
    assert_eq!(stage.bytes(), b"");
    stage.keys("<esc>");
    assert_eq!(stage.bytes(), b"");
}
