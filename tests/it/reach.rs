//! A plan that is opened without its table and its tasks: what is asked for later is what a whole start reads.

use crate::desk::Desk;
use lianxi::domain::{NodeId, Status};
use lianxi::ops::{self, Moment};
use lianxi::text::{Lang, Text};
use lianxi::tui::app::App;
use lianxi::tui::keymap::Keymap;
use lianxi::tui::term::Colours;
use lianxi::tui::theme::Theme;
use lianxi::workspace::{Reach, Workspace};

fn text_only(desk: &Desk) -> Workspace {
    Workspace::open_above(desk.root(), None, Reach::Text).expect("it opens").expect("a workspace")
}

fn whole(desk: &Desk) -> Workspace {
    Workspace::open(desk.root(), None).expect("it opens")
}

fn moment() -> Moment {
    Moment { today: "2025-06-10".parse().expect("a day"), second: 0, chance: 7, author: Some("小王".into()) }
}

#[test]
fn what_was_left_out_is_read_when_it_is_asked_for() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.done(&["deadline", "3.2.1", "2025-09-30"]);
    let mut workspace = text_only(&desk);
    assert!(!workspace.is_whole());
    assert_eq!(workspace.plan().text, whole(&desk).plan().text);
    assert!(workspace.plan().tasks.is_empty() && workspace.plan().matrix.rows.is_empty());
    workspace.read_tasks_of(&NodeId::new("3.1.2"));
    assert_eq!(workspace.plan().tasks.len(), 1);
    workspace.read_matrix();
    assert_eq!(workspace.plan().matrix, whole(&desk).plan().matrix);
    workspace.read_rest();
    assert!(workspace.is_whole());
    assert_eq!(workspace.plan(), whole(&desk).plan());
}

#[test]
fn a_change_of_one_task_leaves_memory_and_disk_the_same() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.done(&["mark", "3.1.3", "3.2.1", "doing"]);
    let mut workspace = text_only(&desk);
    let id = NodeId::new("3.1.2");
    workspace.read_tasks_of(&id);
    ops::mark(&mut workspace, &moment(), &[id], Status::Done, "验收通过").expect("marked");
    let fresh = whole(&desk);
    assert_eq!(fresh.plan().state(&NodeId::new("3.1.2")).status, Status::Done);
    assert_eq!(fresh.plan().state(&NodeId::new("3.2.1")).status, Status::Doing);
    workspace.undo().expect("undone");
    workspace.read_rest();
    let mut fresh = whole(&desk);
    workspace.read_all_logs();
    fresh.read_all_logs();
    assert_eq!(workspace.plan(), fresh.plan());
}

#[test]
fn a_task_that_was_not_read_is_not_overwritten() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    let mut workspace = text_only(&desk);
    // the state seems to be the default, which the file contradicts: refused, whoever forgot to ask
    let done = ops::mark(&mut workspace, &moment(), &[NodeId::new("3.1.2")], Status::Blocked, "场地未定");
    assert!(done.is_err());
    assert_eq!(whole(&desk).plan().state(&NodeId::new("3.1.2")).status, Status::Doing);
    assert_eq!(whole(&desk).plan().tasks, {
        workspace.read_rest();
        workspace.plan().tasks.clone()
    });
}

#[test]
fn what_others_write_is_seen_whether_it_was_asked_for_or_not() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "3.2.1", "doing"]);
    let mut workspace = text_only(&desk);
    workspace.read_tasks_of(&NodeId::new("3.1.2"));
    desk.done(&["mark", "3.1.2", "3.2.1", "blocked", "--reason", "等批复"]);
    let found = workspace.refresh();
    assert_eq!(found.files.iter().filter(|file| file.starts_with("tasks/")).collect::<Vec<_>>(), ["tasks/3.1.toml"]);
    assert_eq!(workspace.plan().state(&NodeId::new("3.1.2")).status, Status::Blocked);
    workspace.read_rest();
    assert_eq!(workspace.plan().tasks, whole(&desk).plan().tasks);
}

/// A plan with so much text that a first look takes only the beginning.
fn large() -> Desk {
    let desk = Desk::new();
    let mut text = desk.text("text.toml");
    for n in 1..=3000 {
        text.push_str(&format!(
            "\n[[node]]\nid = \"9.{n}\"\nkind = \"heading\"\nnumber = \"（{n}）\"\ntitle = \"附加任务第{n}组\"\ntext = \"（{n}）附加任务第{n}组\"\n"
        ));
    }
    std::fs::write(desk.path("text.toml"), text).expect("written");
    desk.done(&["mark", "3.1.2", "doing"]);
    desk
}

fn first_look(desk: &Desk) -> Workspace {
    Workspace::open_as_far(desk.root(), None, Reach::FirstLook).expect("it opens")
}

#[test]
fn a_small_plan_is_whole_at_the_first_look() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    let workspace = first_look(&desk);
    assert!(workspace.is_whole());
    assert_eq!(workspace.plan(), whole(&desk).plan());
}

#[test]
fn a_first_look_at_a_large_plan_is_its_beginning_and_the_rest_follows() {
    let desk = large();
    let mut workspace = first_look(&desk);
    let fresh = whole(&desk);
    assert!(!workspace.is_whole());
    let (seen, all) = (&workspace.plan().text.nodes, &fresh.plan().text.nodes);
    assert!(seen.len() > 200 && seen.len() < all.len());
    assert_eq!(seen[..], all[..seen.len()]);
    workspace.read_rest();
    assert_eq!(workspace.plan(), fresh.plan());
    assert_eq!(workspace.problems().collect::<Vec<_>>(), fresh.problems().collect::<Vec<_>>());
}

#[test]
fn what_is_wrong_behind_the_first_look_is_found_with_the_rest() {
    let desk = large();
    desk.edit("text.toml", "id = \"9.2999\"", "id = 9.2999.x");
    let mut workspace = first_look(&desk);
    assert!(workspace.damaged().is_empty());
    workspace.read_rest();
    assert!(workspace.damaged().contains("text.toml"));
    assert_eq!(workspace.plan(), whole(&desk).plan());
    assert_eq!(workspace.problems().collect::<Vec<_>>(), whole(&desk).problems().collect::<Vec<_>>());
}

#[test]
fn the_first_frame_of_a_large_plan_becomes_that_of_the_whole_one() {
    let desk = large();
    let size = (120, 40);
    let mut early = app(first_look(&desk), size);
    early.draw();
    let first = early.screen().text();
    assert!(first.contains("正在读取") && first.contains("青少年") && !first.contains("任务完成"));
    early.read_rest();
    early.draw();
    let mut late = app(whole(&desk), size);
    late.draw();
    assert_eq!(early.screen().text(), late.screen().text());
    assert!(late.screen().text().contains("任务完成"));
}

fn app(workspace: Workspace, size: (u16, u16)) -> App {
    App::new(workspace, Text::of(Lang::Zh), Theme::new(false), Keymap::default(), moment(), size, Colours::True)
}
