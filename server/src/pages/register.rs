//! Registering on AWS: the page with all ways to do it, and the page of one operation. Neither of them calls AWS.

use super::{head, nowhere, open, refuse, render};
use crate::web::State;
use app::{
    backend::{BackendError, OpenDraft},
    flow,
    site::{self, OperationModel, PastView, Refused, RegisterModel},
};
use axum::{
    extract::{Path, Request, State as From},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use taskdef::{
    Draft, Lang, Severity,
    deploy::{Operation, Plan, Trouble, console, scripts},
};

/// What has to be said on the page besides.
#[derive(Default)]
pub struct Said {
    /// What was not in order.
    pub refused: Option<Refused>,
    /// Why a look did not succeed.
    pub trouble: Option<Trouble>,
}

/// All ways to register, and what was registered.
pub async fn register(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    again(&state, lang, &token, request, StatusCode::OK, Said::default()).await
}

/// The same page, with something to say.
pub async fn again(state: &State, lang: Lang, token: &str, request: Request, status: StatusCode, said: Said) -> Response {
    let read = async {
        let opened = open(state, token).await?;
        Ok((opened, operations(state, token).await?))
    };
    let ((opened, draft), past) = match read.await {
        Ok(read) => read,
        Err(error) => return refuse(state, lang, request, error).await,
    };
    let answer = flow::answer(lang, &draft, opened.revision);
    let plan = Plan::new(&draft, &opened.tag);
    let past = past.into_iter().map(|(o, operation)| PastView {
        id: format!("{:016x}", o.id),
        made_at: o.made_at,
        family: operation.plan.family.to_string(),
        run: operation.run,
        held: o.held,
    });
    let model = RegisterModel {
        line: plan.as_ref().map_or(String::new(), |plan| line(&scripts::deploy(lang, plan))),
        shell: console::cloudshell(draft.region()),
        errors: answer.findings.iter().filter(|f| f.severity == Severity::Error).count(),
        cost: answer.cost,
        token: token.to_owned(),
        way: state.desk.way(request.headers()),
        refused: said.refused,
        trouble: said.trouble,
        past: past.collect(),
        now: opened.now,
        draft,
        plan,
    };
    let head = head(state, lang, request.headers(), titled(lang, said.refused.is_some()), false);
    render(request, status, head, move |head| site::register(head, model.clone())).await
}

fn titled(lang: Lang, wrong: bool) -> String {
    format!("{}{}", if wrong { site::error_prefix(lang) } else { String::new() }, site::title_register(lang))
}

/// The operations of a draft, newest first. What this version cannot read is left out.
async fn operations(state: &State, token: &str) -> Result<Vec<(drafts::Operation, Operation)>, BackendError> {
    let token = drafts::Token::parse(token).ok_or(BackendError::NotFound)?;
    let all = state.store.operations(&token).await.map_err(crate::backend::failed)?;
    Ok(all.into_iter().filter_map(|o| serde_json::from_str(&o.body).ok().map(|operation| (o, operation))).collect())
}

/// Whether this browser is the one that signed in for an operation.
async fn is_own(state: &State, token: &str, visitor: &HeaderMap, operation: &Operation) -> Result<bool, BackendError> {
    let token = drafts::Token::parse(token).ok_or(BackendError::NotFound)?;
    let author = state.store.author(&token, &crate::visitor::who(visitor)).await.map_err(crate::backend::failed)?;
    Ok(!author.is_empty() && author == operation.looked_by)
}

/// The page of one operation.
pub async fn operation(From(state): From<State>, Path((lang, token, id)): Path<(String, String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    operation_page(&state, lang, &token, &id, request, StatusCode::OK, None).await
}

/// The same page, with something to say.
pub async fn operation_page(state: &State, lang: Lang, token: &str, id: &str, request: Request, status: StatusCode, refused: Option<Refused>) -> Response {
    let visitor = request.headers().clone();
    let read = async {
        let opened: (OpenDraft, Draft) = open(state, token).await?;
        let all = operations(state, token).await?;
        let (kept, whole) = all.into_iter().find(|(o, _)| format!("{:016x}", o.id) == id).ok_or(BackendError::NotFound)?;
        let own = is_own(state, token, &visitor, &whole).await?;
        let one = (kept, if own { whole } else { whole.without_account() });
        Ok((opened, one))
    };
    let ((opened, draft), (kept, operation)) = match read.await {
        Ok(read) => read,
        Err(error) => return refuse(state, lang, request, error).await,
    };
    let cost = flow::answer(lang, &draft, opened.revision).cost;
    let model = OperationModel {
        base: format!("/{}/d/{token}", lang.as_str()),
        token: token.to_owned(),
        id: id.to_owned(),
        stale: operation.run.is_none() && Plan::new(&draft, &opened.tag).map(|plan| plan.of_operation(id)).as_ref() != Ok(&operation.plan),
        held: kept.held,
        way: state.desk.way(request.headers()),
        refused,
        cost,
        operation,
        draft,
    };
    let head = head(state, lang, request.headers(), titled(lang, refused.is_some()), false);
    render(request, status, head, move |head| site::operation(head, model.clone())).await
}

/// The page of a request that did not come from this server's own page.
pub async fn refused(state: &State, lang: Lang, token: &str, request: Request) -> Response {
    let to = format!("/{}/d/{token}/register", lang.as_str());
    let head = head(state, lang, request.headers(), site::title_refused(lang), false);
    render(request, StatusCode::FORBIDDEN, head, move |head| site::refused(head, to.clone())).await
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
    use taskdef::deploy::DraftTag;

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
