//! The log: to standard error, a line an event. What libraries write about single requests never comes into it, since
//! keys, links and drafts would be among it, and no `RUST_LOG` changes that.

use std::io::IsTerminal;
use tracing::{Level, Metadata};
use tracing_subscriber::{EnvFilter, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};

/// Our own crates. Any other may speak at *info* and above.
const OURS: [&str; 5] = ["taskwright", "app", "taskdef", "drafts", "aws"];

/// Begins to write the log, filtered by `RUST_LOG` (*info* without it).
pub fn start() {
    let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(std::io::stderr().is_terminal());
    tracing_subscriber::registry().with(wanted).with(filter_fn(may_speak)).with(lines).init();
    std::panic::set_hook(Box::new(|panic| {
        // Where, and not what: the words of a panic may hold a piece of a draft.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

fn may_speak(event: &Metadata<'_>) -> bool {
    *event.level() <= Level::INFO || is_ours(event.target())
}

fn is_ours(target: &str) -> bool {
    OURS.iter().any(|own| target.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_that_write_requests_are_held_whatever_is_asked_for() {
        for own in ["taskwright", "taskwright::guard", "aws::run", "drafts::writer"] {
            assert!(is_ours(own), "{own}");
        }
        for other in ["aws_smithy_runtime::client::orchestrator", "awsome", "hyper::proto::h1", "application", "sqlx::query", ""] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
