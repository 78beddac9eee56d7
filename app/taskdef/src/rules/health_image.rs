//! Whether a health check can run in its image.

use super::{health::checks, prelude::*};
use crate::{
    catalog::{self, Has},
    health,
};

pub(super) fn check(task: &Task<'_>, out: &mut Findings) {
    for check in checks(task) {
        let (Some(items), Some(reference)) = (&check.command, check.container.reference()) else { continue };
        let Some(has) = catalog::tools(&reference) else { continue };
        let path = format!("{}/command", check.path);
        let (shell, text) = match items.as_slice() {
            ["CMD-SHELL", text] => (true, *text),
            ["CMD", program, ..] => (false, *program),
            _ => continue,
        };
        let image = check.container.image();
        if shell && has.sh == Has::No {
            out.at("health-shell-missing", &path).text("image", image);
            continue;
        }
        let needs_bash = text.contains("/dev/tcp/") || text.split_whitespace().next() == Some("bash");
        let program = if needs_bash { "bash" } else { text.split_whitespace().next().unwrap_or("") };
        if has.get(program) != Has::No {
            continue;
        }
        let rule = if needs_bash { "health-bash-missing" } else { "health-tool-missing" };
        let mut said = out.at(rule, &path).text("tool", program).text("image", image);
        let known = present(check.value, "command").and_then(health::recognise);
        if let Some(known) = known {
            for (other, label) in [(health::Tool::Node, "fix-node"), (health::Tool::Curl, "fix-curl"), (health::Tool::Wget, "fix-wget")] {
                let works = has.get(other.as_str()) == Has::Yes && (other == health::Tool::Node || has.sh == Has::Yes);
                if works {
                    let command = other.command(known.port(), known.path());
                    said = said.fix(label, Vec::new(), crate::edit::set(task.definition, &path, command));
                }
            }
        }
    }
}
