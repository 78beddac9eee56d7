//! Registering with one's own sign-in: the plan of a draft, and the scripts.

use super::{head, nowhere, open, refuse, render};
use crate::web::State;
use app::{flow, site};
use axum::{
    extract::{Path, Request, State as From},
    http::StatusCode,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use taskdef::{Lang, Severity, catalog, export, plan::Plan};

/// What the script does, and where to run it.
pub async fn register(From(state): From<State>, Path((lang, token)): Path<(String, String)>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return nowhere(From(state), request).await };
    let (opened, draft) = match open(&state, &token).await {
        Ok(open) => open,
        Err(error) => return refuse(&state, lang, request, error).await,
    };
    let answer = flow::answer(lang, &draft, opened.revision);
    let plan = Plan::of(&draft);
    let model = site::RegisterModel {
        line: line(&export::deploy(lang, &plan)),
        shell: catalog::region(&plan.region).map(|r| cloudshell(&r.id, &r.partition)),
        errors: answer.findings.iter().filter(|f| f.severity == Severity::Error).count(),
        cost: answer.cost,
        token,
        plan,
    };
    let head = head(&state, lang, request.headers(), site::title_register(lang), false);
    render(request, StatusCode::OK, head, || (), move |head| site::register(head, model.clone())).await
}

/// CloudShell's page in the console of a Region.
fn cloudshell(region: &str, partition: &str) -> String {
    let domain = match partition {
        "aws-cn" => "amazonaws.cn",
        "aws-us-gov" => "amazonaws-us-gov.com",
        _ => "aws.amazon.com",
    };
    format!("https://{region}.console.{domain}/cloudshell/home?region={region}")
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
    use taskdef::Draft;

    #[test]
    fn the_line_gives_back_the_script_to_the_byte() {
        let script = export::deploy(Lang::Ko, &Plan::of(&Draft::tutorial()));
        let line = line(&script);
        let folder = tempfile::tempdir().unwrap();
        let (unpack, _) = line.split_once(" && ").unwrap();
        assert!(Command::new("bash").args(["-c", unpack]).current_dir(folder.path()).status().unwrap().success());
        assert_eq!(std::fs::read_to_string(folder.path().join("deploy.sh")).unwrap(), script);
        assert!(line.len() < 4096, "{} letters", line.len());
    }
}
