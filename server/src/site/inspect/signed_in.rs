//! `…/inspect/ecr`: images of private repositories in Amazon ECR, with the sign-in that registering uses. It is taken only from this
//! server's own page, in the person's own browser, and what it finds is kept in their draft.

use crate::{
    app_state::AppState,
    draft_service::BrowserId,
    http::{
        error::PageError,
        extract::{EditableDraft, Lang as LangOf},
        form::Form,
        location::{Around, Location},
    },
    register::AwsAccess,
    site::register::{FromHere, Refused, parts},
};
use app::{tr, widgets::icon};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use taskdef::{Lang, deploy::Problem};

/// What the page says of private images.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// How this visitor may go to AWS.
    pub access: AwsAccess,
    /// The images.
    pub images: Vec<String>,
    /// The permissions that are needed, as an IAM policy.
    pub policy: String,
    /// The size of the layers that were not read, where it is known.
    pub layers: Option<String>,
    /// What is wrong with the keys.
    pub refused: Option<Refused>,
    /// Why AWS did not sign in.
    pub problem: Option<Problem>,
}

/// Begins a look with a sign-in. It is answered with the page of the images, which follows it.
///
/// # Errors
/// Where the request does not come from this server's page, or its way to AWS is closed.
pub async fn post(
    LangOf(lang): LangOf,
    from: FromHere,
    EditableDraft(open): EditableDraft,
    State(app): State<AppState>,
    browser: BrowserId,
    form: Form,
) -> Result<Response, PageError> {
    from.calls()?;
    #[cfg(feature = "aws")]
    return Ok(look::begin(lang, &app, &from, open, browser, &form).await);
    #[cfg(not(feature = "aws"))]
    {
        let _ = (app, browser, form);
        Ok(Location::around(lang, &open.token, Around::Inspect).into_response())
    }
}

#[cfg(feature = "aws")]
mod look {
    use super::{
        super::{
            page::{Told, page},
            post::PATIENCE,
        },
        *,
    };
    use crate::{
        draft_service::OpenDraft,
        inspect::{ecr, own, platform},
        site::register::sign,
    };
    use drafts::Way;
    use registry::{Depth, Ecr, Look};

    pub async fn begin(lang: Lang, app: &AppState, from: &FromHere, open: OpenDraft, browser: BrowserId, form: &Form) -> Response {
        let here = Location::around(lang, &open.token, Around::Inspect);
        let images = ecr::private(open.draft.definition());
        if images.is_empty() || !app.images.is_on() {
            return here.into_response();
        }
        let sign = match sign(&app.registrar, &from.visitor, form) {
            Ok(sign) => sign,
            Err(refused) => return page(lang, app, open, &from.visitor, Vec::new(), Told { refused: Some(refused), ..Told::default() }).into_response(),
        };
        let depth = if form.field("depth") == "layers" { Depth::Layers } else { Depth::Configuration };
        let tag = open.tag.clone();
        let (client, work_of) = (app.images.client(), app.clone());
        let begun = app.looks.begin(tag.as_str(), |look| async move {
            let _holding = crate::hold::Holding::new();
            let region = images.first().map_or("", |(_, registry): &(String, Ecr)| registry.region());
            let account = work_of.registrar.enter(sign, region).await;
            let platform = platform(open.draft.definition());
            ecr::look(&work_of.images, account, &images, &platform, depth, client, &look).await;
            let found: Vec<(String, Look)> = look.answers().into_iter().filter_map(|(image, answer)| Some((image, answer.ok()?))).collect();
            keep(&work_of, open, browser, found).await;
        });
        if let Ok(look) = begun {
            look.wait(PATIENCE).await;
        }
        here.into_response()
    }

    /// Keeps what was found in the draft. Where somebody else has changed the same place meanwhile, theirs stays: a look can be made
    /// again.
    async fn keep(app: &AppState, open: OpenDraft, browser: BrowserId, found: Vec<(String, Look)>) {
        if found.is_empty() {
            return;
        }
        let mut mine = open.draft.clone();
        if own::keep_looks(&open.draft, found).apply(mine.root_mut()).is_ok() {
            let _ = app.drafts.save_merged(&open.token, open.revision(), mine, &browser, Way::Edited).await;
        }
    }
}

/// What the page shows of it.
pub fn view(lang: Lang, token: &str, model: &SignedIn) -> AnyView {
    let base = format!("/{}/d/{token}", lang.as_str());
    let problem = model.problem.as_ref().map(|problem| {
        let (what, why, how) = problem.kind.words(lang);
        view! { <div class="c-notice" data-variant="danger">{icon("alert", 20)}<h3>{what}</h3><p>{why}</p><p>{how}</p></div> }
    });
    let paste = |words: &'static str| view! { <p>{words}</p><p>{tr!(lang, inspect.ecr_paste, label = tr!(lang, inspect.paste))}</p> }.into_any();
    let form = |keys: AnyView| {
        let layers = match &model.layers {
            Some(size) => tr!(lang, inspect.layers, size = size.as_str()),
            None => tr!(lang, inspect.ecr_layers).to_owned(),
        };
        view! {
            {parts::emulator(lang, &model.access)}
            <form method="post" action=format!("{base}/inspect/ecr") class="l-stack" data-gap="4" novalidate=true>
                {keys}
                <label class="c-check"><input type="checkbox" name="depth" value="layers" /><span>{layers}</span></label>
                <div class="l-row"><button class="c-btn" data-variant="primary">{icon("search", 20)}{tr!(lang, inspect.ecr_look)}</button></div>
            </form>
        }
        .into_any()
    };
    let way = match &model.access {
        AwsAccess::Off => paste(tr!(lang, inspect.ecr_off)),
        AwsAccess::NoTls => paste(tr!(lang, inspect.ecr_tls)),
        AwsAccess::Elsewhere | AwsAccess::Locked => view! {
            <p>{tr!(lang, inspect.ecr_locked)}</p>
            <div class="l-row"><a class="c-btn" href=format!("{base}/register")>{icon("lock", 20)}{tr!(lang, inspect.ecr_unlock)}</a></div>
        }
        .into_any(),
        AwsAccess::Local { .. } => form(view! { <p>{tr!(lang, inspect.ecr_local)}</p> }.into_any()),
        AwsAccess::Keys { .. } => form(parts::keys(lang, false, model.refused)),
    };
    let images = model.images.iter().map(|image| view! { <li translate="no"><code class="u-code">{image.clone()}</code></li> }).collect_view();
    let needs = model
        .access
        .may_call()
        .then(|| parts::more(tr!(lang, inspect.ecr_needs).to_owned(), parts::code(lang, tr!(lang, inspect.ecr_policy), model.policy.clone())));
    view! {
        <section class="l-section l-stack" data-gap="4" aria-labelledby="ecr-h">
            <div class="c-head2"><h2 id="ecr-h">{tr!(lang, inspect.ecr)}</h2><p>{tr!(lang, inspect.ecr_p)}</p></div>
            <ul>{images}</ul>
            {problem}
            {way}
            {needs}
        </section>
    }
    .into_any()
}
