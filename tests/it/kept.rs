//! What a frame keeps of the one before is what it would have painted.

use crate::stage::Stage;
use lianxi::text::Lang;

/// Keys that move the cursor, and some of everything else between them.
const MOVES: [&str; 8] = ["j", "k", "<down>", "<up>", "<pgdn>", "<pgup>", "g", "G"];
const OTHERS: [&str; 30] = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "<left>",
    "<right>",
    "<enter>",
    "v",
    "r",
    "<space>",
    "<ctrl-a>",
    "<esc>",
    "<tab>",
    "s2<enter>",
    "s",
    "d9月底前<enter>",
    "d",
    "n",
    "p",
    "/kp",
    ":",
    "?",
    "{",
    "}",
    "u",
    "<ctrl-r>",
    "[",
    "z",
    "!",
];

fn roll(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 20) as usize
}

#[test]
fn a_frame_over_another_is_the_frame_painted_whole() {
    for (seed, size) in
        [(1_u64, (160, 45)), (2, (80, 24)), (3, (200, 60)), (4, (120, 40)), (5, (100, 20)), (6, (40, 12))]
    {
        println!("seed {seed}, {size:?}");
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut stage = Stage::new(size, if seed % 2 == 0 { Lang::En } else { Lang::Zh });
        stage.keys("5");
        let mut pressed = String::from("5");
        for _ in 0..150 {
            let key = match roll(&mut state) % 4 {
                0 => OTHERS[roll(&mut state) % OTHERS.len()],
                _ => MOVES[roll(&mut state) % MOVES.len()],
            };
            pressed.push_str(key);
            stage.keys(key);
            // some boxes stay open for a while
            if roll(&mut state).is_multiple_of(3) {
                pressed.push_str("<esc>");
                stage.keys("<esc>");
            }
            if roll(&mut state).is_multiple_of(2) {
                let over = stage.app.screen().buffer();
                stage.text();
                stage.redraw();
                assert_eq!(over, stage.app.screen().buffer(), "after {pressed}");
            }
        }
    }
}
