//! A desk with a history: real git, fixed days and names.

use crate::desk::Desk;
use std::ops::Deref;
use std::process::{Command, Stdio};

/// A desk whose plan has been committed on 2024-01-10.
pub struct Repository(pub Desk);

impl Deref for Repository {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

impl Repository {
    pub fn new() -> Repository {
        let desk = Repository(Desk::new());
        desk.git(&["config", "user.name", "小王"]);
        desk.git(&["config", "user.email", "wang@example.cn"]);
        desk.git(&["config", "commit.gpgSign", "false"]);
        desk.commit("2024-01-10", "第一版");
        desk
    }

    /// Commits everything, at noon of a day.
    pub fn commit(&self, day: &str, message: &str) {
        self.git(&["add", "-A"]);
        let when = format!("{day}T12:00:00+0800");
        let mut command = self.plain(&["commit", "-q", "-m", message]);
        command.env("GIT_AUTHOR_DATE", &when).env("GIT_COMMITTER_DATE", &when);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs git, which has to succeed; what it prints.
    pub fn git(&self, args: &[&str]) -> String {
        let output = self.plain(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_string()
    }

    fn plain(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(args).current_dir(self.root()).stdin(Stdio::null());
        // the machine's own settings are no part of a test
        for who in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
            command.env_remove(who);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("TZ", "Asia/Shanghai");
        command
    }
}
