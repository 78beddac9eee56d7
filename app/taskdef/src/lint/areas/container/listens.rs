//! Servers that only their own container can reach.

use super::*;
use crate::lint::context::command_line::{Word, base_name};

/// Options that name the address a server listens on.
const OPTIONS: [&str; 6] = ["--host", "--hostname", "--bind", "--listen", "-b", "-H"];
/// Longest way from a server's name to its subcommand, words.
const NEAR: usize = 2;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|c| c.declares_port()) {
        let words = task.words(c);
        if words.is_empty() {
            continue;
        }
        if let Some((at, host)) = told(words) {
            let word = words[at];
            let finding = report.at(&CONTAINER_LISTENS_ON_LOCALHOST, c.at(word.key)).text("name", c.name()).text("host", host);
            let item = c.list(word.key).get(word.index).and_then(Value::as_str).unwrap_or("");
            let better = item.replacen(word.text, &word.text.replacen(host, "0.0.0.0", 1), 1);
            finding.fix("fix", Vec::new(), edit::set(task.definition, &word.path(c), json!(better)));
        } else if let Some(server) = by_default(task, c, words) {
            let key = words[0].key;
            let finding = report.at(&CONTAINER_LISTENS_ON_LOCALHOST, c.at(key)).variant("default").text("name", c.name()).text("program", server.name);
            if let Some(items) = server.with_host(c, words) {
                finding.fix("fix", Vec::new(), edit::set(task.definition, &c.at(key), json!(items)));
            }
        }
    }
}

/// The loopback name that an address starts with.
fn loopback(address: &str) -> Option<&'static str> {
    ["127.0.0.1", "localhost"].into_iter().find(|host| address.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

/// The word that tells a server to listen on loopback, and how it says so.
fn told(words: &[Word<'_>]) -> Option<(usize, &'static str)> {
    words.iter().enumerate().find_map(|(i, word)| {
        if let Some((option, value)) = word.text.split_once('=') {
            return OPTIONS.contains(&option).then(|| loopback(value)).flatten().map(|host| (i, host));
        }
        let before = i.checked_sub(1).map(|b| words[b].text)?;
        OPTIONS.contains(&before).then(|| loopback(word.text)).flatten().map(|host| (i, host))
    })
}

/// A server that listens on loopback unless it is told otherwise.
struct Server {
    name: &'static str,
    /// What makes it listen everywhere.
    host: &'static [&'static str],
}

/// Source: uvicorn's settings, and the help of flask, artisan, vite and ng.
fn by_default(task: &Task<'_>, c: ContainerView<'_>, words: &[Word<'_>]) -> Option<Server> {
    const SERVERS: [&str; 6] = ["uvicorn", "flask", "artisan", "ng", "vite", "manage.py"];
    if !words.iter().any(|w| SERVERS.contains(&base_name(w.text))) {
        return None;
    }
    let has = |option: &str| words.iter().any(|w| w.text == option || w.text.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')));
    let variable = |name: &str| task.environment_of(c).iter().any(|v| v.name == name);
    let followed = |program: &str, by: &str| {
        let at = words.iter().position(|w| base_name(w.text) == program)?;
        words[at + 1..].iter().take(NEAR).position(|w| w.text == by).map(|n| at + 1 + n)
    };
    let silent = !has("--host") && !has("-h") && !has("--hostname");
    // An application is named `module:variable`; `pip install uvicorn` names none.
    let serves = |at: usize| {
        let own = words[at + 1..].iter().take_while(|w| !matches!(w.text, "&&" | "||" | ";" | "|"));
        own.into_iter().any(|w| w.text.contains(':') && !w.text.contains("://"))
    };
    let uvicorn = words.iter().enumerate().any(|(at, w)| base_name(w.text) == "uvicorn" && serves(at));
    if uvicorn && silent && !has("--uds") && !has("--fd") && !variable("UVICORN_HOST") {
        return Some(Server { name: "uvicorn", host: &["--host", "0.0.0.0"] });
    }
    if followed("flask", "run").is_some() && silent && !variable("FLASK_RUN_HOST") {
        return Some(Server { name: "flask run", host: &["--host", "0.0.0.0"] });
    }
    if followed("artisan", "serve").is_some() && silent && !variable("SERVER_HOST") {
        return Some(Server { name: "artisan serve", host: &["--host=0.0.0.0"] });
    }
    if followed("ng", "serve").is_some() && silent {
        return Some(Server { name: "ng serve", host: &["--host", "0.0.0.0"] });
    }
    let vite = words.iter().position(|w| base_name(w.text) == "vite").filter(|at| !words.get(at + 1).is_some_and(|w| matches!(w.text, "build" | "optimize")));
    if vite.is_some() && silent {
        return Some(Server { name: "vite", host: &["--host", "0.0.0.0"] });
    }
    let django = followed("manage.py", "runserver")?;
    let address = words[django + 1..].iter().find(|w| !w.text.starts_with('-')).map_or("", |w| w.text);
    let everywhere = address.contains(':') && loopback(address).is_none();
    (!everywhere).then_some(Server { name: "manage.py runserver", host: &[] })
}

impl Server {
    /// The items of a command that has one word an item, with the option that opens the server.
    fn with_host<'a>(&self, c: ContainerView<'a>, words: &[Word<'a>]) -> Option<Vec<String>> {
        let items: Vec<String> = texts(c, words[0].key).map(|(_, t)| t.to_owned()).collect();
        let own = words.iter().filter(|w| w.key == words[0].key).count();
        (own == words.len() && items.len() == own && !self.host.is_empty())
            .then(|| items.into_iter().chain(self.host.iter().map(|h| (*h).to_owned())).collect())
    }
}
