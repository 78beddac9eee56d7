//! `docker run`, `podman run` and their relatives: each command is a service, and goes by the rules of Compose.
//!
//! | file | what |
//! |---|---|
//! | `words.rs` | a paste as commands and words |
//! | `flags.rs` | every flag |
//! | `service.rs` | a command as a service |

mod flags;
mod service;
mod words;

use super::{
    Import, Input, Refusal,
    compose::Application,
    tree::{Key, Kind, Node},
};
use crate::{
    formats::{
        Format,
        report::{Ledger, Outcome, Place, Said},
    },
    messages::all,
};
use std::collections::BTreeMap;

pub(in crate::formats::import) use words::{Command, Word, commands};

/// Most commands of a paste.
const MOST: usize = 50;

/// Longest value of a variable that is put into other words, in bytes.
const LONGEST: usize = 4_096;

/// Reads a paste of commands; files of variables can stand beside it.
///
/// # Errors
/// A flag that Docker does not have, a command without an image, no command at all.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let mut ledger = Ledger::default();
    let (mut runs, mut beside) = (Vec::new(), Vec::new());
    for (file, source) in input.files.iter().enumerate() {
        if matches!(super::recognise(&source.text), super::Recognised::Format(Format::EnvFile)) {
            beside.push((source, super::compose::variables_of(file, source, &mut ledger)));
            continue;
        }
        let mut values = BTreeMap::new();
        for command in commands(file, &source.text) {
            let Some(run) = run_of(command, &mut values, &mut ledger) else { continue };
            runs.push(service::parse(run, &values).map_err(|refusal| refusal.in_text(&source.text))?);
            if runs.len() > MOST {
                return Err(Refusal::new(Said::of(&all::IMPORT_TOO_MANY).number("most", MOST as u64)));
            }
        }
    }
    if runs.is_empty() {
        return Err(Refusal::new(&all::IMPORT_NO_RUN));
    }
    let mut names: Vec<String> = Vec::new();
    let several = runs.len() > 1;
    let mut services = Vec::new();
    for (i, run) in runs.iter_mut().enumerate() {
        let name = run.name();
        let name = if names.contains(&name) { format!("{name}-{}", i + 1) } else { name };
        names.push(name.clone());
        ledger.add(&if several { format!("run[{i}]") } else { String::new() }, &mut run.words);
        let at = run.words.at;
        services.push((Key { text: name, at }, run.service(&mut ledger)));
    }
    let at = services.first().map(|(_, node)| node.at).unwrap_or_default();
    let services = Node::new(at, Kind::Map(services));
    let root = Node::new(at, Kind::Map(vec![(Key { text: "services".into(), at }, services)]));
    let app = Application { format: Format::DockerRun, root, ledger, questions: Vec::new(), answers: &input.answers, beside };
    app.make()
}

/// The words of a command that runs a container; what others say is noted.
fn run_of(command: Command, values: &mut BTreeMap<String, String>, ledger: &mut Ledger) -> Option<Command> {
    let mut words = command.words.into_iter().peekable();
    while let Some(word) = words.peek() {
        let text = word.text.as_str();
        let assigns = text.split_once('=').filter(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
        if let Some((name, value)) = assigns {
            if values.len() < MOST && value.len() <= LONGEST {
                values.insert(name.to_owned(), value.to_owned());
            }
        } else if !matches!(text, "sudo" | "time" | "exec" | "env" | "export" | "set" | "nohup") {
            break;
        }
        words.next();
    }
    let words: Vec<words::Word> = words.collect();
    let text = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
    let program = text(0).rsplit(['/', '\\']).next().unwrap_or("").trim_end_matches(".exe");
    if !matches!(program, "docker" | "podman" | "nerdctl") {
        return None;
    }
    let skip = match (text(1), text(2)) {
        ("run" | "create", _) => 2,
        ("container", "run" | "create") => 3,
        (other, _) => {
            let at = words.first().map(|w| w.at).unwrap_or_default();
            let message = match other {
                "compose" | "stack" | "service" => &all::IMPORT_RUN_COMPOSE,
                "build" | "buildx" => &all::IMPORT_RUN_BUILD,
                _ => &all::IMPORT_RUN_OTHER,
            };
            ledger.note(at, "", Outcome::Dropped, Said::of(message).text("command", crate::formats::report::masked("", other)), "");
            return None;
        }
    };
    Some(Command { words: words.into_iter().skip(skip).collect(), cut: command.cut })
}

/// Where a command starts.
fn place_of(command: &Command) -> Place {
    command.words.first().map(|word| word.at).unwrap_or_default()
}
