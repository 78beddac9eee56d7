//! Each check that the wizard writes, run by true shells against a server that behaves as servers do. ECS reads the exit code:
//! 0 is healthy, 1 is not.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::{fs::symlink, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};
use taskdef::{facts, grammar::health::Tool, grammar::image};

/// How a server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Server {
    Says(u16),
    /// It takes the request and never answers.
    Hangs,
    /// Nothing listens.
    Closed,
}

const SERVERS: [Server; 6] = [Server::Says(200), Server::Says(301), Server::Says(404), Server::Says(500), Server::Hangs, Server::Closed];

/// How a check ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Exit(i32),
    /// Not before ECS ends it, after its timeout: unhealthy.
    RunsOn,
}

use End::{Exit, RunsOn};

/// By program: how its check ends with each of [`SERVERS`], whatever shell runs it.
const TABLE: [(&str, [End; 6]); 5] = [
    ("curl", [Exit(0), Exit(0), Exit(1), Exit(1), RunsOn, Exit(1)]),
    ("wget", [Exit(0), Exit(0), Exit(1), Exit(1), RunsOn, Exit(1)]),
    // It only connects, and says so on its card.
    ("bash", [Exit(0), Exit(0), Exit(0), Exit(0), Exit(0), Exit(1)]),
    ("node", [Exit(0), Exit(0), Exit(1), Exit(1), RunsOn, Exit(1)]),
    ("python", [Exit(0), Exit(0), Exit(1), Exit(1), RunsOn, Exit(1)]),
];

/// A shell, and where `sh` and `wget` come from with it.
const SHELLS: [(&str, &str); 3] = [("dash", "wget"), ("bash", "wget"), ("busybox", "busybox")];

/// A server on loopback, and word of each request that it leaves without an answer.
fn serve(server: Server) -> (u16, Receiver<TcpStream>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (arrived, waiting) = channel();
    if server != Server::Closed {
        thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let arrived = arrived.clone();
                thread::spawn(move || {
                    let mut lines = BufReader::new(socket.try_clone().unwrap()).lines().map_while(Result::ok);
                    let Some(first) = lines.next() else { return };
                    while lines.next().is_some_and(|line| !line.is_empty()) {}
                    let status = match server {
                        Server::Says(301) if first.contains("/moved") => 200,
                        Server::Says(status) => status,
                        Server::Hangs | Server::Closed => return drop(arrived.send(socket)),
                    };
                    let head = format!("HTTP/1.1 {status} X\r\nlocation: /moved\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
                    let _ = (&socket).write_all(head.as_bytes());
                });
            }
        });
    }
    (port, waiting)
}

/// The system's own program first: others of its name may be scripts that need more than is in an image.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    let folders = ["/usr/bin", "/bin"].map(PathBuf::from).into_iter().chain(std::env::split_paths(&path));
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is installed"))
}

/// A folder with what an image of this shell has.
fn image_with(shell: &str, wget: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, from) in [("sh", shell), ("wget", wget), ("curl", "curl"), ("bash", "bash"), ("node", "node"), ("python", "python3")] {
        symlink(fs::canonicalize(program(from)).unwrap(), folder.path().join(name)).unwrap();
    }
    folder
}

/// The list that ECS stores, for a program.
fn command(program: &str, port: u16) -> Vec<String> {
    let port = port.to_string();
    let list = match Tool::parse(program) {
        Some(tool) => tool.command(&port, if tool.has_path() { "/health" } else { "" }),
        None => facts::probe(&image::parse("python:3.13-slim").unwrap(), Some(&port), "/health").unwrap().1,
    };
    list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Starts a command as Docker does: `CMD-SHELL` with the image's `sh -c`, `CMD` without a shell.
fn start(image: &Path, command: &[String]) -> Child {
    let words: Vec<&str> = match command {
        [first, line] if first == "CMD-SHELL" => vec!["sh", "-c", line],
        [first, words @ ..] if first == "CMD" => words.iter().map(String::as_str).collect(),
        other => panic!("{other:?}"),
    };
    let mut started = Command::new(image.join(words[0]));
    // A separate process group can be killed as a whole. The check inherits no environment from this machine.
    started.args(&words[1..]).env_clear().env("PATH", image).process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    started.spawn().unwrap()
}

fn end(mut check: Child, server: Server, waiting: &Receiver<TcpStream>) -> End {
    if server == Server::Hangs {
        // The check that only connects sends no request, and ends.
        loop {
            if let Ok(_socket) = waiting.recv_timeout(Duration::from_millis(5)) {
                let goes_on = check.try_wait().unwrap().is_none();
                let group = format!("-{}", check.id());
                assert!(Command::new("kill").args(["-KILL", "--", &group]).status().unwrap().success());
                check.wait().unwrap();
                assert!(goes_on, "it ended without an answer");
                return RunsOn;
            }
            if let Some(status) = check.try_wait().unwrap() {
                return Exit(status.code().unwrap());
            }
        }
    }
    Exit(check.wait().unwrap().code().unwrap())
}

#[test]
fn every_check_that_the_wizard_writes_ends_as_the_table_says() {
    let mut runs = 0;
    for (shell, wget) in SHELLS {
        let image = image_with(shell, wget);
        for (program, ends) in TABLE {
            for (server, wanted) in SERVERS.into_iter().zip(ends) {
                let (port, waiting) = serve(server);
                let command = command(program, port);
                if command[0] == "CMD" && shell != SHELLS[0].0 {
                    // No shell runs it: once is enough.
                    continue;
                }
                assert_eq!(end(start(image.path(), &command), server, &waiting), wanted, "{program} by {shell}, server {server:?}: {command:?}");
                runs += 1;
            }
        }
    }
    assert_eq!(runs, 78);
}
