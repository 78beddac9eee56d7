//! A PostgreSQL server in a temporary folder, on its own socket, shared by the tests of one process.

use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    str::FromStr,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicU32, Ordering},
    },
};

/// The user that the server runs as where we are root: it refuses to run as root.
const NOBODY: u32 = 65534;

pub struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    made: AtomicU32,
}

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// The server of this process, started where there is none. `None`, loudly, where PostgreSQL is not installed;
/// with CI=true that is a failure.
pub fn server() -> Option<Arc<Server>> {
    let mut running = RUNNING.lock().unwrap();
    if let Some(server) = running.upgrade() {
        return Some(server);
    }
    let Some(bin) = binaries() else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "PostgreSQL is not installed");
        eprintln!("SKIPPED: PostgreSQL is not installed, so only SQLite is tested");
        return None;
    };
    let server = Arc::new(Server::start(bin));
    *running = Arc::downgrade(&server);
    Some(server)
}

/// The folder of `initdb` and `pg_ctl`: Debian keeps them out of the PATH.
fn binaries() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(|e| Some(e.ok()?.path().join("bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian.chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|m| m.uid() == 0)
}

/// A server for one test alone, which may be killed.
pub fn own() -> Option<Server> {
    let bin = binaries();
    assert!(bin.is_some() || std::env::var("CI").as_deref() != Ok("true"), "PostgreSQL is not installed");
    if bin.is_none() {
        eprintln!("SKIPPED: PostgreSQL is not installed");
    }
    bin.map(Server::start)
}

impl Server {
    fn start(bin: PathBuf) -> Server {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            std::os::unix::fs::chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let server = Server { folder, bin, made: AtomicU32::new(0) };
        server.run("initdb", &["--no-sync", "--auth=trust", "--username=taskwright", "--encoding=UTF8", "--locale=C", "-D"]);
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200", server.folder.path().display());
        server.run("pg_ctl", &["start", "--wait", "--silent", "-o", &options, "-l", &server.at("log"), "-D"]);
        server
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn run(&self, program: &str, args: &[&str]) {
        use std::os::unix::process::CommandExt;
        let mut command = Command::new(self.bin.join(program));
        command.args(args).arg(self.at("data")).current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        assert!(command.status().unwrap().success(), "{program} failed: {}", std::fs::read_to_string(Path::new(&self.at("log"))).unwrap_or_default());
    }

    /// Ends the server and all its processes without a warning, as a power cut would.
    pub fn kill(&self) {
        let pid = std::fs::read_to_string(self.at("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap();
        // The children first: they would see their parent go and end in order.
        let _ = Command::new("pkill").args(["-KILL", "-P", pid]).status().unwrap();
        let _ = Command::new("kill").args(["-KILL", pid]).status().unwrap();
    }

    /// Starts it again; what is left of a killed one must have gone before.
    pub fn again(&self) {
        let pid = std::fs::read_to_string(self.at("data/postmaster.pid")).unwrap_or_default();
        let pid = pid.lines().next().unwrap_or("none").to_owned();
        while Path::new("/proc").join(&pid).exists() && !pid.is_empty() {
            std::thread::yield_now();
        }
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200", self.folder.path().display());
        self.run("pg_ctl", &["start", "--wait", "--silent", "-o", &options, "-l", &self.at("log"), "-D"]);
    }

    /// The address of a database; `postgres` is always there.
    pub fn address(&self, database: &str) -> String {
        let socket: String = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://taskwright@{socket}/{database}")
    }

    /// The address of a new, empty database.
    pub async fn database(&self) -> String {
        let name = format!("drafts{}", self.made.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnectOptions::from_str(&self.address("postgres")).unwrap().connect().await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        self.address(&name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if Path::new(&self.at("data/postmaster.pid")).exists() {
            self.run("pg_ctl", &["stop", "--mode=immediate", "--silent", "-D"]);
        }
    }
}
