//! Sync over ssh: a real server on this machine, on a free port, with keys that the test makes.

use super::office::Office;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server of our own, ended when dropped.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn sshd() -> PathBuf {
    let found =
        ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"].iter().find(|path| Path::new(path).exists());
    PathBuf::from(found.expect("sshd is missing: apt-get install openssh-server (only the program; it need not run)"))
}

impl Server {
    /// Starts a server that lets in whoever has the key, and sets the user's ssh up for it.
    fn start(office: &Office) -> Server {
        let folder = office.at("ssh");
        fs::create_dir(&folder).expect("a folder");
        private(&folder, 0o700);
        for name in ["host", "clerk"] {
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-f"])
                .arg(folder.join(name))
                .status()
                .expect("ssh-keygen is missing: apt-get install openssh-client");
            assert!(made.success());
        }
        fs::copy(folder.join("clerk.pub"), folder.join("authorized")).expect("a copy");
        private(&folder.join("authorized"), 0o600);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let at = |name: &str| folder.join(name).display().to_string();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\nUsePAM no\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\n",
            at("host"),
            at("authorized")
        );
        fs::write(folder.join("config"), config).expect("a file");
        // as root the server wants a folder that packages make
        let _ = fs::create_dir("/run/sshd");
        let child = Command::new(sshd())
            .args(["-D", "-e", "-f"])
            .arg(folder.join("config"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log")).expect("a file"))
            .spawn()
            .expect("it starts");
        let server = Server { child, port };
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(since.elapsed() < Duration::from_secs(20), "no server: {}", log());
            std::thread::yield_now();
        }
        let ssh = format!(
            "ssh -F none -i {} -o UserKnownHostsFile={} -o StrictHostKeyChecking=yes",
            at("clerk"),
            at("known")
        );
        office.git(".", &["config", "--global", "core.sshCommand", &ssh]);
        server
    }

    fn address(&self, office: &Office, name: &str) -> String {
        let user = Command::new("id").arg("-un").output().expect("id runs").stdout;
        let user = String::from_utf8(user).expect("a name");
        format!("ssh://{}@127.0.0.1:{}{}", user.trim(), self.port, office.at(name).display())
    }

    /// Somebody compares the fingerprint and says yes.
    fn is_known(&self, office: &Office) {
        let key = fs::read_to_string(office.at("ssh/host.pub")).expect("a key");
        fs::write(office.at("ssh/known"), format!("[127.0.0.1]:{} {key}", self.port)).expect("a file");
    }
}

fn private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
}

#[test]
fn two_desks_meet_on_a_server() {
    let office = Office::with(&["乙"]);
    fs::rename(office.at("共用"), office.at("server.git")).expect("moved to the server");
    let server = Server::start(&office);
    let address = server.address(&office, "server.git");
    office.done("甲", &["mark", "3.1.2", "doing"]);
    // a host that nobody has confirmed is not trusted
    let run = office.ends("甲", &["sync", &address], 5);
    assert!(run.talk.contains("还没有确认过这台服务器"), "{}", run.talk);
    server.is_known(&office);
    let run = office.done("甲", &["sync", &address]);
    assert!(run.talk.contains("已送到 ssh://"), "{}", run.talk);
    office.done("乙", &["deadline", "3.1.2", "2025-06-30"]);
    office.done("乙", &["sync", &address]);
    // the place that was used last is the usual one now
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
    office.git("server.git", &["fsck", "--strict"]);
    // nothing is there
    let nowhere = server.address(&office, "nothing.git");
    let run = office.ends("甲", &["sync", &nowhere], 5);
    assert!(run.talk.contains("那里没有版本库"), "{}", run.talk);
    // nobody lets us in
    fs::write(office.at("ssh/authorized"), "").expect("a file");
    let run = office.ends("甲", &["sync"], 5);
    assert!(run.talk.contains("进不去"), "{}", run.talk);
    // the server is off: that is no failure
    drop(server);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    let run = office.done("甲", &["sync"]);
    assert!(run.talk.contains("现在连不上"), "{}", run.talk);
}

/// A server that takes the call and says nothing.
#[test]
fn a_server_that_hangs_is_given_up() {
    let office = Office::alone();
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("git://127.0.0.1:{}/plans.git", socket.local_addr().expect("an address").port());
    let mut command = office.command("甲", &["sync", &address]);
    command.env("LIANXI_PATIENCE", "1");
    let run = crate::desk::finish(command);
    assert_eq!(run.code, 5, "{run:?}");
    assert!(run.talk.contains("没有动静"), "{}", run.talk);
    office.is_tidy("甲");
    // Ctrl-C, before anybody's patience is at its end
    let mut command = office.command("甲", &["sync", &address]);
    command.env("LIANXI_PATIENCE", "600").stderr(Stdio::piped());
    let child = command.spawn().expect("it runs");
    let (called, _) = socket.accept().and_then(|_| socket.accept()).expect("it calls");
    let pid = rustix::process::Pid::from_raw(child.id() as i32).expect("a process");
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("our own child");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("已停下"));
    drop(called);
    office.is_tidy("甲");
}
