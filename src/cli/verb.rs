//! The verbs: one closed list, from which parsing, help, manual and dispatch all come.

use crate::text::{ArgumentHelp, Help, VerbHelp};

/// What the program is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    Init,
    Import,
    Plans,
    Tree,
    Show,
    Tasks,
    Matrix,
    Units,
    Targets,
    Log,
    Search,
    Mark,
    Deadline,
    Note,
    Assign,
    Target,
    Undo,
    Redo,
    Check,
    Sync,
    Diff,
    Review,
    Commit,
    History,
    AsOf,
    Version,
    Versions,
    Conflicts,
    Settle,
    MergeFile,
    Bundle,
    SetupGit,
    Completions,
    Man,
}

impl Verb {
    pub const ALL: [Verb; 34] = [
        Verb::Init,
        Verb::Import,
        Verb::Plans,
        Verb::Tree,
        Verb::Show,
        Verb::Tasks,
        Verb::Matrix,
        Verb::Units,
        Verb::Targets,
        Verb::Log,
        Verb::Search,
        Verb::Mark,
        Verb::Deadline,
        Verb::Note,
        Verb::Assign,
        Verb::Target,
        Verb::Undo,
        Verb::Redo,
        Verb::Check,
        Verb::Sync,
        Verb::Diff,
        Verb::Review,
        Verb::Commit,
        Verb::History,
        Verb::AsOf,
        Verb::Version,
        Verb::Versions,
        Verb::Conflicts,
        Verb::Settle,
        Verb::MergeFile,
        Verb::Bundle,
        Verb::SetupGit,
        Verb::Completions,
        Verb::Man,
    ];

    /// The word that is typed.
    pub fn token(self) -> &'static str {
        match self {
            Verb::Init => "init",
            Verb::Import => "import",
            Verb::Plans => "plans",
            Verb::Tree => "tree",
            Verb::Show => "show",
            Verb::Tasks => "tasks",
            Verb::Matrix => "matrix",
            Verb::Units => "units",
            Verb::Targets => "targets",
            Verb::Log => "log",
            Verb::Search => "search",
            Verb::Mark => "mark",
            Verb::Deadline => "deadline",
            Verb::Note => "note",
            Verb::Assign => "assign",
            Verb::Target => "target",
            Verb::Undo => "undo",
            Verb::Redo => "redo",
            Verb::Check => "check",
            Verb::Sync => "sync",
            Verb::Diff => "diff",
            Verb::Review => "review",
            Verb::Commit => "commit",
            Verb::History => "history",
            Verb::AsOf => "as-of",
            Verb::Version => "version",
            Verb::Versions => "versions",
            Verb::Conflicts => "conflicts",
            Verb::Settle => "settle",
            Verb::MergeFile => "merge-file",
            Verb::Bundle => "bundle",
            Verb::SetupGit => "setup-git",
            Verb::Completions => "completions",
            Verb::Man => "man",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.token() == token)
    }

    /// Its usage and what it does.
    pub fn help(self, help: &Help) -> VerbHelp {
        let verbs = &help.verbs;
        match self {
            Verb::Init => verbs.init,
            Verb::Import => verbs.import,
            Verb::Plans => verbs.plans,
            Verb::Tree => verbs.tree,
            Verb::Show => verbs.show,
            Verb::Tasks => verbs.tasks,
            Verb::Matrix => verbs.matrix,
            Verb::Units => verbs.units,
            Verb::Targets => verbs.targets,
            Verb::Log => verbs.log,
            Verb::Search => verbs.search,
            Verb::Mark => verbs.mark,
            Verb::Deadline => verbs.deadline,
            Verb::Note => verbs.note,
            Verb::Assign => verbs.assign,
            Verb::Target => verbs.target,
            Verb::Undo => verbs.undo,
            Verb::Redo => verbs.redo,
            Verb::Check => verbs.check,
            Verb::Sync => verbs.sync,
            Verb::Diff => verbs.diff,
            Verb::Review => verbs.review,
            Verb::Commit => verbs.commit,
            Verb::History => verbs.history,
            Verb::AsOf => verbs.as_of,
            Verb::Version => verbs.version,
            Verb::Versions => verbs.versions,
            Verb::Conflicts => verbs.conflicts,
            Verb::Settle => verbs.settle,
            Verb::MergeFile => verbs.merge_file,
            Verb::Bundle => verbs.bundle,
            Verb::SetupGit => verbs.setup_git,
            Verb::Completions => verbs.completions,
            Verb::Man => verbs.man,
        }
    }

    /// The words that stand behind it, in order.
    pub fn words(self, help: &Help) -> Vec<ArgumentHelp> {
        let arguments = &help.arguments;
        match self {
            Verb::Init => vec![arguments.init_dir],
            Verb::Import => vec![arguments.file],
            Verb::Show | Verb::Log => vec![arguments.id],
            Verb::Units => vec![arguments.unit],
            Verb::Search => vec![arguments.text],
            Verb::Mark => vec![arguments.ids, arguments.status],
            Verb::Deadline => vec![arguments.ids, arguments.when],
            Verb::Note => vec![arguments.ids, arguments.note],
            Verb::Assign => vec![arguments.ids],
            Verb::Target => vec![arguments.target, arguments.year, arguments.figure],
            Verb::Sync => vec![arguments.remote],
            Verb::Settle => vec![arguments.conflict, arguments.choice],
            Verb::MergeFile => {
                vec![arguments.merge_base, arguments.merge_ours, arguments.merge_theirs, arguments.merge_path]
            }
            Verb::Conflicts => Vec::new(),
            Verb::Bundle => vec![arguments.bundle_act, arguments.bundle_file],
            Verb::Completions => vec![arguments.shell],
            Verb::Diff => vec![arguments.state],
            Verb::History => vec![arguments.about, arguments.field],
            Verb::AsOf => vec![arguments.day, arguments.verb],
            Verb::Version => vec![arguments.tag, arguments.version_name],
            Verb::Versions => Vec::new(),
            Verb::Review => vec![arguments.verdict, arguments.changes],
            Verb::Commit => Vec::new(),
            Verb::Plans | Verb::Tree | Verb::Tasks | Verb::Matrix | Verb::Targets => Vec::new(),
            Verb::SetupGit => Vec::new(),
            Verb::Undo | Verb::Redo | Verb::Check | Verb::Man => Vec::new(),
        }
    }

    /// How many words it takes at least and at most.
    pub fn word_count(self) -> (usize, usize) {
        const MANY: usize = usize::MAX;
        match self {
            Verb::Init | Verb::Units | Verb::Log | Verb::Sync => (0, 1),
            Verb::Import | Verb::Show | Verb::Completions => (1, 1),
            Verb::Search | Verb::Assign => (1, MANY),
            Verb::Mark | Verb::Deadline | Verb::Note => (2, MANY),
            Verb::Bundle => (2, 2),
            Verb::SetupGit => (0, 0),
            Verb::Target => (3, 3),
            Verb::Diff => (0, 2),
            Verb::History => (0, 2),
            Verb::AsOf => (1, MANY),
            Verb::Version => (2, 2),
            Verb::Versions => (0, 0),
            Verb::Settle => (2, MANY),
            Verb::MergeFile => (3, 4),
            Verb::Conflicts => (0, 0),
            Verb::Review => (0, MANY),
            Verb::Commit => (0, 0),
            Verb::Plans | Verb::Tree | Verb::Tasks | Verb::Matrix | Verb::Targets => (0, 0),
            Verb::Undo | Verb::Redo | Verb::Check | Verb::Man => (0, 0),
        }
    }
}
