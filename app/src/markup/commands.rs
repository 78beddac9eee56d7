//! The AWS CLI commands that belong to a draft. Each name in them is one that AWS could have, and quoted for a POSIX shell.

use super::cells::{escape, icon};
use taskdef::{
    Draft, Lang, Launch,
    document::view::{self, LogGroup},
    formats::export,
    grammar::{name, shell::quoted},
};

/// A command of several lines.
pub struct Command {
    parts: Vec<String>,
    /// Whether every name in it was chosen.
    is_complete: bool,
}

impl Command {
    /// A command in the Region, and where it needs one, the cluster of a draft.
    fn of(draft: &Draft, needs_cluster: bool, parts: Vec<String>) -> Command {
        let is_complete = name::is_region(draft.region()) && (!needs_cluster || name::as_name(draft.cluster_name()).is_some());
        Command { parts, is_complete }
    }

    /// As it is copied.
    #[cfg(feature = "ssr")]
    pub fn text(&self) -> String {
        self.parts.join(" \\\n  ")
    }

    /// Under its title, with a Copy button (`widgets/copy.rs`).
    pub fn html(&self, lang: Lang, title: &str) -> String {
        let (title, sign, copy, words) = (escape(title), icon("copy", 16), tr!(lang, common.copy), self.coloured());
        let (button, missing) = if self.is_complete {
            let button = format!(
                "<button class=\"c-btn\" type=\"button\" data-variant=\"quiet\" data-size=\"small\" data-script data-copy>\
                 {sign}<span>{copy}</span><b class=\"u-vh\"> {title}</b></button>"
            );
            (button, String::new())
        } else {
            (String::new(), format!("<p class=\"c-cmd__missing\">{}</p>", tr!(lang, review.cmd_missing)))
        };
        format!(
            "<div class=\"c-cmd\"><div class=\"c-cmd__head\"><span>{title}</span>{button}</div>{missing}\
             <pre tabindex=\"0\" role=\"group\" aria-label=\"{title}\" translate=\"no\" lang=\"en\">{words}</pre></div>"
        )
    }

    /// As markup: options in their colour.
    fn coloured(&self) -> String {
        let part = |p: &String| match p.split_once(' ') {
            Some((option, value)) if option.starts_with("--") => {
                format!("<span class=\"c-cmd__o\">{}</span> <span class=\"c-cmd__v\">{}</span>", escape(option), escape(value))
            }
            _ => p
                .split('\n')
                .map(|l| match l.strip_prefix("aws ") {
                    Some(rest) => format!("<span class=\"c-cmd__w\">aws</span> {}", escape(rest)),
                    None => escape(l).into_owned(),
                })
                .collect::<Vec<_>>()
                .join("\n"),
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join(" \\\n  ")
    }
}

/// What stands in a command for a name that was not chosen yet. Such a command has no Copy button.
const CLUSTER: &str = "CLUSTER";
const REGION: &str = "REGION";

/// A name as AWS takes it: of one that it would refuse, what is left of it.
fn named(text: &str, other: &str) -> String {
    if name::is_name(text) { text.to_owned() } else { name::as_name(text).unwrap_or_else(|| other.to_owned()) }
}

fn group_of(text: &str) -> String {
    text.chars().map(|c| if name::is_log_group(c.encode_utf8(&mut [0; 4])) { c } else { '-' }).take(512).collect()
}

/// An option and its value. One that begins with a hyphen would be taken for another option.
fn option(option: &str, value: &str) -> String {
    let sign = if value.starts_with('-') { '=' } else { ' ' };
    format!("{option}{sign}{}", quoted(value))
}

fn in_region(region: &str) -> String {
    option("--region", if name::is_region(region) { region } else { REGION })
}

fn region_of(draft: &Draft) -> String {
    in_region(draft.region())
}

/// Makes the cluster.
pub fn cluster(draft: &Draft) -> Command {
    let mut parts = vec!["aws ecs create-cluster".to_owned(), option("--cluster-name", &named(draft.cluster_name(), CLUSTER))];
    if draft.launch() == Some(Launch::Fargate) {
        parts.push("--capacity-providers FARGATE".into());
    }
    parts.push(region_of(draft));
    Command::of(draft, true, parts)
}

/// Makes each log group; `None` when no container writes to CloudWatch.
pub fn group(draft: &Draft) -> Option<Command> {
    let one = |g: &LogGroup<'_>| vec!["aws logs create-log-group".to_owned(), option("--log-group-name", &group_of(g.name)), in_region(g.region)];
    let groups = view::log_groups(draft.definition(), draft.region());
    let parts = match groups.as_slice() {
        [] => return None,
        [group] => one(group),
        many => vec![many.iter().map(|g| one(g).join(" ")).collect::<Vec<_>>().join("\n")],
    };
    Some(Command { parts, is_complete: groups.iter().all(|g| name::is_region(g.region)) })
}

/// Makes the roles that the account lacks; `None` when the draft names none that AWS could have.
#[cfg(feature = "ssr")]
pub fn roles(draft: &Draft) -> Option<Command> {
    let commands = taskdef::deploy::scripts::making_missing(draft)?;
    Some(Command { parts: vec![commands], is_complete: true })
}

/// Registers the file.
pub fn register(draft: &Draft) -> Command {
    let file = export::file_name(draft.family());
    Command::of(
        draft,
        false,
        vec!["aws ecs register-task-definition".into(), format!("--cli-input-json {}", quoted(&format!("file://{file}"))), region_of(draft)],
    )
}

/// Commands of several lines as markup: options in their colour.
#[cfg(feature = "ssr")]
pub(super) fn coloured(text: &str) -> String {
    let word = |word: &str| match word.strip_prefix("--") {
        Some(_) => format!("<span class=\"c-cmd__o\">{}</span>", escape(word)),
        None if word == "aws" => "<span class=\"c-cmd__w\">aws</span>".to_owned(),
        None => escape(word).into_owned(),
    };
    text.split('\n').map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_of_two_containers_is_made_once_in_its_own_region() {
        let mut draft = Draft::tutorial();
        draft.root_mut()["definition"]["containerDefinitions"][1]["logConfiguration"]["options"]["awslogs-region"] = serde_json::json!("");
        assert_eq!(group(&draft).map(|c| c.text()).unwrap().matches("create-log-group").count(), 1);
        draft.root_mut()["definition"]["containerDefinitions"][1]["logConfiguration"]["options"]["awslogs-region"] = serde_json::json!("us-east-1");
        let text = group(&draft).unwrap().text();
        assert!(text.contains("--region ap-northeast-2\n") && text.ends_with("--region us-east-1"), "{text}");
    }

    /// Every command of a draft, run by Bash with the AWS CLI replaced by a program that writes down its words.
    #[cfg(unix)]
    fn words(draft: &Draft) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let commands = [cluster(draft), register(draft)].into_iter().chain(group(draft));
        let script: String = commands.map(|c| c.text() + "\n").collect();
        let recorder = "aws() { printf '%s\\0' \"$@\" >>calls; }\n";
        let ran = std::process::Command::new("bash").args(["-c", &format!("{recorder}{script}")]).current_dir(folder.path()).output().expect("bash runs");
        assert!(ran.status.success() && ran.stderr.is_empty(), "{script}: {}", String::from_utf8_lossy(&ran.stderr));
        let files: Vec<_> = std::fs::read_dir(folder.path()).expect("it is read").map(|f| f.expect("a file").file_name()).collect();
        assert_eq!(files, ["calls"], "{script}");
        std::fs::read_to_string(folder.path().join("calls")).expect("calls were made").split('\0').map(str::to_owned).collect()
    }

    #[cfg(unix)]
    #[test]
    fn no_name_of_a_draft_is_run_or_taken_for_an_option_or_a_file() {
        let hostile = [
            "a'; touch canary #",
            "$(touch canary)",
            "`touch canary`",
            "${IFS}",
            "--endpoint-url=http://127.0.0.1:9",
            "-rf",
            "file:///etc/passwd",
            "a\ntouch canary\n",
            "\u{1b}[2J\u{202e}",
            "\"",
            "!!",
            "한글",
        ];
        let usual = words(&Draft::tutorial());
        for text in hostile {
            let mut draft = Draft::tutorial();
            let root = draft.root_mut();
            root["region"] = serde_json::json!(text);
            root["cluster"]["name"] = serde_json::json!(text);
            root["definition"]["family"] = serde_json::json!(text);
            for i in 0..2 {
                let options = &mut root["definition"]["containerDefinitions"][i]["logConfiguration"]["options"];
                options["awslogs-group"] = serde_json::json!(text);
                options["awslogs-region"] = serde_json::json!(text);
            }
            for word in words(&draft) {
                let known =
                    usual.contains(&word) || word.split_once('=').is_some_and(|(option, value)| usual.iter().any(|w| w == option) && value.starts_with('-'));
                let plain = !word.starts_with('-') && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/#".contains(&b));
                let file = word.starts_with("file://") && word != format!("file://{}", export::file_name(text));
                assert!((known || plain) && !file, "{text:?} gave {word:?}");
            }
        }
        assert!(!cluster(&Draft::tutorial()).text().contains('\''));
    }
}
