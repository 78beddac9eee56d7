//! What both scripts share: the head, the words, and the one place through which they change anything.

use crate::grammar::shell::always;
use crate::{
    Lang,
    deploy::Plan,
    messages::{Message, all::*},
};

/// A script that is being written.
pub(super) struct Script {
    lang: Lang,
    region: String,
    text: String,
}

/// How the script is told to change something, or not to.
pub(super) struct Flag {
    option: &'static str,
    /// Whether it changes nothing unless it is told so.
    careful: bool,
}

/// Changes things, unless the option is given.
pub(super) fn dry_run_or(option: &'static str) -> Flag {
    Flag { option, careful: false }
}

/// Changes nothing, unless the option is given.
pub(super) fn only_with(option: &'static str) -> Flag {
    Flag { option, careful: true }
}

/// A value that a script prints. What is a variable is written in this program; a text is never one, however it begins.
pub(super) enum Word {
    /// A variable of the script, with its sign: `$name`.
    Var(&'static str),
    /// A text, as it is.
    Text(String),
}

impl Word {
    fn written(&self) -> String {
        match self {
            Word::Var(name) => format!(" \"{name}\""),
            Word::Text(text) => format!(" {}", always(text)),
        }
    }
}

impl Script {
    pub(super) fn new(lang: Lang, plan: &Plan) -> Script {
        Script { lang, region: plan.region.to_string(), text: "#!/usr/bin/env bash\n".to_owned() }
    }

    fn words(&self, message: &Message) -> &'static str {
        message.text.plain(self.lang)
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Comments: words of ours only, so nothing can end the line.
    pub(super) fn about(&mut self, messages: &[&Message]) {
        for message in messages {
            let words = self.words(message);
            self.line(&format!("# {words}"));
        }
    }

    /// Prints words, with `%s` for the values. Spaces before the sign indent the line of the script, not what it prints.
    pub(super) fn say(&mut self, sign: &str, message: &Message, values: &[Word]) {
        let indent = " ".repeat(sign.len() - sign.trim_start().len());
        let format = always(&format!("{}{}\\n", sign.trim_start(), self.words(message)));
        let values: String = values.iter().map(Word::written).collect();
        self.line(&format!("{indent}printf -- {format}{values}"));
    }

    /// From the options to the account, and the functions that change things.
    pub(super) fn begin(&mut self, flag: Flag) {
        let usage = always(self.words(if flag.careful { &SCRIPT_TEARDOWN_USAGE } else { &SCRIPT_DEPLOY_USAGE }));
        let (first, then) = if flag.careful { ("dry=1", "dry=''") } else { ("dry=''", "dry=1") };
        self.line("set -euo pipefail");
        self.line("export AWS_PAGER=''");
        if !self.region.is_empty() {
            let region = always(&self.region);
            self.line(&format!("export AWS_REGION={region} AWS_DEFAULT_REGION={region}"));
        }
        self.line(&format!("{first}\ncase \"${{1:-}}\" in\n  '') ;;\n  {}) {then} ;;", flag.option));
        self.line(&format!("  *)\n    printf '%s\\n' {usage} >&2\n    exit 2\n    ;;\nesac"));
        self.line("change() { if [ -z \"$dry\" ]; then \"$@\" >/dev/null; fi; }");
        if !flag.careful {
            self.line("change_and_say() { if [ -z \"$dry\" ]; then \"$@\"; fi; }");
        }
        let missing = always(self.words(&SCRIPT_NO_AWS));
        self.line(&format!("command -v aws >/dev/null || {{\n  printf '%s\\n' {missing} >&2\n  exit 1\n}}"));
        self.line("account=$(aws sts get-caller-identity --query Account --output text)");
        self.say("", &SCRIPT_ACCOUNT, &[Word::Var("$account"), Word::Var("${AWS_REGION:-${AWS_DEFAULT_REGION:-}}")]);
        self.line("if [ -n \"$dry\" ]; then");
        self.say("  ", &SCRIPT_DRY_RUN, &[]);
        self.line("fi\n");
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}
