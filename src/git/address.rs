//! Where a plan is shared: a folder on this machine (a share, a stick), or a server.
//!
//! Only transports that start nothing of a stranger's choosing are taken: folders, ssh, https, http and git.

use std::fmt;
use std::path::{Component, Path, PathBuf};

/// The transports that git may use, as `GIT_ALLOW_PROTOCOL` has them.
pub(super) const TRANSPORTS: &str = "file:ssh:https:http:git";

/// A place that a plan is shared through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    Folder(PathBuf),
    Server(String),
}

/// Why words are no address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoAddress {
    Empty,
    /// A transport that would run something, or that nobody knows.
    Transport {
        name: String,
    },
}

impl Address {
    /// Reads a path, `host:path`, or an address with a transport. A relative path is one from `here`.
    ///
    /// # Errors
    /// See [`NoAddress`].
    pub fn parse(text: &str, here: &Path) -> Result<Address, NoAddress> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NoAddress::Empty);
        }
        if text.starts_with('-') {
            return Err(NoAddress::Transport { name: text.to_string() });
        }
        if let Some((transport, rest)) = text.split_once("://") {
            return match transport {
                "file" => Ok(Address::Folder(PathBuf::from(rest))),
                "ssh" | "https" | "http" | "git" => Ok(Address::Server(text.to_string())),
                name => Err(NoAddress::Transport { name: name.to_string() }),
            };
        }
        let path = here.join(text);
        if path.exists() {
            return Ok(Address::Folder(plain(&path)));
        }
        match text.split_once(':') {
            Some((helper, rest)) if rest.starts_with(':') => Err(NoAddress::Transport { name: helper.to_string() }),
            // a drive letter is no host
            Some((host, _)) if host.len() > 1 && !host.contains(['/', '\\']) => Ok(Address::Server(text.to_string())),
            _ => Ok(Address::Folder(plain(&path))),
        }
    }

    /// The folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Address::Folder(path) => Some(path),
            Address::Server(_) => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Address::Folder(path) => path.display().fmt(f),
            Address::Server(url) => f.write_str(&without_password(url)),
        }
    }
}

/// A path without `.` and `..`, as people read it. Links are followed as far as there is something.
fn plain(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let mut parts = path.components();
    match parts.next_back() {
        Some(Component::Normal(name)) => plain(parts.as_path()).join(name),
        Some(Component::CurDir) => plain(parts.as_path()),
        Some(Component::ParentDir) => {
            let folder = plain(parts.as_path());
            folder.parent().map_or_else(|| folder.clone(), Path::to_path_buf)
        }
        Some(Component::RootDir | Component::Prefix(_)) | None => path.to_path_buf(),
    }
}

/// An address without the password that somebody has written into it: it must not reach a screen.
fn without_password(url: &str) -> String {
    let Some((transport, rest)) = url.split_once("://") else { return url.to_string() };
    let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let host = match host.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split(':').next().unwrap_or_default()),
        None => host.to_string(),
    };
    match path {
        Some(path) => format!("{transport}://{host}/{path}"),
        None => format!("{transport}://{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        let here = Path::new("/nowhere");
        let of = |text: &str| Address::parse(text, here);
        assert_eq!(of("ssh://a@h:22/p"), Ok(Address::Server("ssh://a@h:22/p".into())));
        assert_eq!(of("kx@server:plans.git"), Ok(Address::Server("kx@server:plans.git".into())));
        assert_eq!(of("../U盘/plans.git"), Ok(Address::Folder("/U盘/plans.git".into())));
        assert_eq!(of("C:\\plans"), Ok(Address::Folder(here.join("C:\\plans"))));
        assert_eq!(of("file:///srv/p"), Ok(Address::Folder("/srv/p".into())));
        for bad in ["ext::sh -c id", "ext://x", "-oProxyCommand=id", "--upload-pack=id", "fd::3"] {
            assert!(matches!(of(bad), Err(NoAddress::Transport { .. })), "{bad}");
        }
        assert_eq!(of(" "), Err(NoAddress::Empty));
    }

    #[test]
    fn a_password_is_not_shown() {
        let shown = Address::Server("https://kx:secret@h/p.git".into()).to_string();
        assert_eq!(shown, "https://kx@h/p.git");
    }
}
