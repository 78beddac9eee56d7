//! The page with all ways to register. It does not call AWS.

use super::{
    parts::Refused,
    stored::operations,
    view::{PastView, RegisterModel, register},
};
use crate::{
    app_state::AppState,
    draft_service::{OpenDraft, now},
    http::{error::PageError, page::Page},
};
use app::tr;
use axum::http::{HeaderMap, StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use taskdef::{
    Lang, Severity,
    deploy::{Plan, Problem, console, scripts},
};

/// What has to be said on the page besides.
#[derive(Default)]
pub struct Notice {
    /// What was not in order: `422 Unprocessable Content`.
    pub refused: Option<Refused>,
    /// Why a look at the account did not succeed: `424 Failed Dependency`.
    pub problem: Option<Problem>,
}

impl Notice {
    /// Something was not in order.
    pub fn refused(what: Refused) -> Notice {
        Notice { refused: Some(what), problem: None }
    }

    /// A look did not succeed.
    #[cfg(feature = "aws")]
    pub fn problem(why: Problem) -> Notice {
        Notice { refused: None, problem: Some(why) }
    }
}

/// The page.
///
/// # Errors
/// Where the store does not answer.
pub async fn page(app: &AppState, lang: Lang, open: OpenDraft, headers: &HeaderMap, notice: Notice) -> Result<Page, PageError> {
    let past = operations(&app.store, &open.token).await?;
    let answer = app.drafts.answer(lang, &open.draft, open.revision());
    let plan = Plan::new(&open.draft, &open.tag);
    let past = past.into_iter().map(|stored| PastView {
        id: stored.id.to_string(),
        made_at: stored.made_at,
        family: stored.operation.plan.family.to_string(),
        run: stored.operation.run,
        held: stored.held,
    });
    let status = match (&notice.refused, &notice.problem) {
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, Some(_)) => StatusCode::FAILED_DEPENDENCY,
        (None, None) => StatusCode::OK,
    };
    let wrong = notice.refused.is_some();
    let model = RegisterModel {
        line: plan.as_ref().map_or(String::new(), |plan| line(&scripts::deploy(lang, plan))),
        shell: console::cloudshell(open.draft.region()),
        errors: answer.findings.iter().filter(|f| f.severity == Severity::Error).count(),
        cost: answer.cost,
        token: open.token.to_text(),
        access: app.registrar.access(headers),
        refused: notice.refused,
        problem: notice.problem,
        past: past.collect(),
        now: now(),
        draft: open.draft,
        plan,
    };
    Ok(Page::new(lang, tr!(lang, register.title), move |head| register(head, model.clone())).wrong(wrong).status(status))
}

/// One line that writes the script and shows what it would do. A terminal takes it whole, whatever the script holds.
fn line(script: &str) -> String {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; an empty script would be seen at once.
    let packed = packed.write_all(script.as_bytes()).and_then(|()| packed.finish()).unwrap_or_default();
    format!("base64 -d <<<{} | gunzip >deploy.sh && bash deploy.sh --dry-run", STANDARD.encode(packed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use taskdef::{Draft, deploy::DraftTag};

    #[test]
    fn the_line_gives_back_the_script_to_the_byte() {
        let script = scripts::deploy(Lang::Ko, &Plan::new(&Draft::tutorial(), &DraftTag::parse("0123456789abcdef").unwrap()).unwrap());
        let line = line(&script);
        let folder = tempfile::tempdir().unwrap();
        let (unpack, _) = line.split_once(" && ").unwrap();
        assert!(Command::new("bash").args(["-c", unpack]).current_dir(folder.path()).status().unwrap().success());
        assert_eq!(std::fs::read_to_string(folder.path().join("deploy.sh")).unwrap(), script);
        assert!(line.len() < 4096, "{} letters", line.len());
    }
}
