//! What keys cost on the wire with the real plan: bytes of a frame on a screen of 160 by 45.

use crate::stage::Stage;
use lianxi::text::Lang;

const SIZE: (u16, u16) = (160, 45);

fn stage(keys: &str) -> Stage {
    let mut stage = Stage::new(SIZE, Lang::Zh);
    stage.keys(keys);
    stage
}

/// The bytes of every move with one key, from the top to the bottom; the section before and after.
fn moves(stage: &mut Stage, key: &str) -> Vec<(usize, String, String)> {
    let mut costs = Vec::new();
    loop {
        let from = stage.selected();
        stage.keys(key);
        let to = stage.selected();
        if from == to {
            return costs;
        }
        costs.push((stage.bytes().len(), from, to));
    }
}

fn median(costs: &[(usize, String, String)]) -> usize {
    let mut bytes: Vec<usize> = costs.iter().map(|(bytes, _, _)| *bytes).collect();
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

fn print(name: &str, costs: &[(usize, String, String)]) {
    let (worst, from, to) = costs.iter().max().expect("a move");
    println!("{name}: median {} B of {} moves, worst {worst} B from {from} to {to}", median(costs), costs.len());
}

/// Both in one section: the pane beside the tree does not turn a page.
fn within(costs: &[(usize, String, String)]) -> Vec<(usize, String, String)> {
    let section = |id: &str| id.rsplit_once('.').map(|(section, _)| section.to_string());
    costs.iter().filter(|(_, from, to)| section(from) == section(to)).cloned().collect()
}

#[test]
fn a_cursor_move_in_the_tree_is_150_bytes() {
    for (name, keys) in [("beside the text", "5<home>"), ("without the text", "5<home>v")] {
        let mut stage = stage(keys);
        let down = within(&moves(&mut stage, "<down>"));
        print(&format!("down, {name}"), &down);
        let up = within(&moves(&mut stage, "<up>"));
        print(&format!("up, {name}"), &up);
        assert!(median(&down) <= 150 && median(&up) <= 150, "{name}: {} and {} B", median(&down), median(&up));
    }
}

#[test]
fn a_row_scrolled_is_400_bytes() {
    let mut stage = stage("5v<home>");
    let all = moves(&mut stage, "<down>");
    let page = SIZE.1 as usize / 2;
    let scrolled: Vec<_> = all.into_iter().skip(page).collect();
    print("one row", &scrolled);
    let worst = scrolled.iter().map(|(bytes, _, _)| *bytes).max().expect("a move");
    assert!(median(&scrolled) <= 400 && worst <= 600, "median {}, worst {worst} B", median(&scrolled));
}

#[test]
fn a_page_is_little_more_than_its_text() {
    for keys in ["5<home>", "5<home>v", "<tab>"] {
        let mut stage = stage(keys);
        stage.app.redraw();
        stage.keys("<end>");
        let (bytes, text) = (stage.bytes().len(), stage.text().len());
        println!("a page after {keys}: {bytes} B for {text} B of text");
        assert!(bytes * 100 <= text * 110, "{keys}: {bytes} B for {text} B of text");
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
        let down = moves(&mut stage, "<down>");
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
