//! Formats to choose from, the files of one of them, and what they do not say.

use crate::{
    http::{frame::plain, page::Head},
    site::parts::copier::{copied, copy_button, copy_script},
};
use app::{markup, tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Lang,
    formats::{
        Format,
        export::{ExportError, Exported, File, Loss, Outcome},
    },
};

/// What the page shows.
#[derive(Debug)]
pub struct ExportModel {
    /// The link's token.
    pub token: String,
    /// Whether it is an edit link.
    pub editable: bool,
    /// The format.
    pub format: Format,
    /// Whether log groups and roles are in the files.
    pub surroundings: bool,
    /// The page's address by the view link, without its query.
    pub shared: String,
    /// The files, or why there are none.
    pub made: Result<Exported, ExportError>,
}

impl ExportModel {
    /// The query of a view of the page.
    fn query(format: Format, surroundings: bool) -> String {
        format!("?format={}{}", format.name(), if surroundings { "" } else { "&surroundings=no" })
    }

    fn path(&self, lang: Lang) -> String {
        format!("/{}/{}/{}", lang.as_str(), if self.editable { "d" } else { "s" }, self.token)
    }

    /// Where the API has the files.
    fn api(&self, lang: Lang) -> String {
        let surroundings = if self.surroundings { "" } else { "&surroundings=no" };
        format!("/api/v1/drafts/{}/export/{}?lang={}{surroundings}", self.token, self.format.name(), lang.as_str())
    }
}

/// The page.
pub fn export(head: &Head, model: &ExportModel) -> AnyView {
    let lang = head.lang;
    let base = model.path(lang);
    let (back, back_words) = if model.editable { (format!("{base}/review"), tr!(lang, share.review_back)) } else { (base.clone(), tr!(lang, share.read_only)) };
    let formats = Format::ALL.into_iter().filter(|f| f.is_exported()).map(|format| {
        let current = (format == model.format).then_some("page");
        view! { <a href=format!("{base}/export{}", ExportModel::query(format, model.surroundings)) aria-current=current>{format.export_label(lang)}</a> }
    });
    let other = format!("{base}/export{}", ExportModel::query(model.format, !model.surroundings));
    let (state, change) =
        if model.surroundings { (tr!(lang, export.with), tr!(lang, export.without_do)) } else { (tr!(lang, export.without), tr!(lang, export.with_do)) };
    let body = match &model.made {
        Ok(made) => files(lang, model, made),
        Err(error) => {
            let (what, how) = error.words(lang);
            view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p>{what}</p><p class="c-field__hint">{how}</p></div> }.into_any()
        }
    };
    let shared = format!("{}{}", model.shared, ExportModel::query(model.format, model.surroundings));
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=back>{icon("left", 16)}{back_words}</a>
                <div class="c-title"><h1>{tr!(lang, export.h1)}</h1><p>{tr!(lang, export.lead)}</p></div>
            </div>
            <nav class="c-toc" aria-label=tr!(lang, export.formats)>{formats.collect_view()}</nav>
            <p>{state}" "<a href=other>{change}</a></p>
            {body}
            <div class="c-field">
                <label for="export-link">{tr!(lang, export.link)}</label>
                <p class="c-field__hint" id="export-link-hint">{tr!(lang, export.link_p)}</p>
                <div class="c-copy"><input id="export-link" value=shared readonly=true data-code=true aria-describedby="export-link-hint" />{copy_button(lang, "export-link", tr!(lang, export.link), tr!(lang, share.copied).to_owned(), None)}</div>
            </div>
            {copied()}
            {copy_script()}
        </div>
    };
    let (editable, token, query) = (model.editable, model.token.clone(), ExportModel::query(model.format, model.surroundings));
    let path = move |l: Lang| format!("/{}/{}/{token}/export{query}", l.as_str(), if editable { "d" } else { "s" });
    plain(head, path, "narrow", main.into_any())
}

fn files(lang: Lang, model: &ExportModel, made: &Exported) -> AnyView {
    let zip = (made.files.len() > 1).then(|| {
        let words = tr!(lang, export.zip, n = made.files.len());
        view! { <div class="l-row"><a class="c-btn" data-variant="primary" href=format!("{}&as=zip", model.api(lang)) download="">{icon("download", 20)}{words}</a></div> }
    });
    let sections = made.files.iter().enumerate().map(|(i, f)| file(lang, model, i, f)).collect_view();
    view! { {zip}{report(lang, &made.losses)}{sections} }.into_any()
}

fn file(lang: Lang, model: &ExportModel, index: usize, file: &File) -> AnyView {
    let id = format!("file-{index}");
    let lines = file.text.lines().count();
    let download = format!("{}&file={}", model.api(lang), file.name);
    let name = file.name.clone();
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby=format!("{id}-h")>
            <h2 id=format!("{id}-h") translate="no">{name.clone()}</h2>
            <textarea id=id.clone() aria-label=name.clone() rows=lines.clamp(3, 24) readonly=true data-code=true spellcheck="false" translate="no">{markup::in_textarea(&file.text)}</textarea>
            <div class="l-row">
                {copy_button(lang, &id, name.clone(), tr!(lang, common.copied, n = lines), None)}
                <a class="c-btn" href=download download="">{icon("download", 20)}{tr!(lang, export.download)}<span class="u-vh">" "{name}</span></a>
            </div>
        </section>
    }
    .into_any()
}

/// Questions and what is missing are shown; what merely differs is folded away.
fn report(lang: Lang, losses: &[Loss]) -> Option<AnyView> {
    if losses.is_empty() {
        return None;
    }
    let row = |loss: &Loss| {
        let (variant, sign, word) = match loss.outcome {
            Outcome::Asked => ("warn", "alert", tr!(lang, export.asked)),
            Outcome::Dropped => ("warn", "alert", tr!(lang, export.dropped)),
            Outcome::Changed => ("info", "info", tr!(lang, export.changed)),
            Outcome::Elsewhere => ("info", "info", tr!(lang, export.elsewhere)),
        };
        let place = (!loss.place.is_empty()).then(|| view! { " "<code class="u-code" translate="no">{loss.place.clone()}</code> });
        view! {
            <li class="c-notice" data-variant=variant>
                {icon(sign, 20)}
                <p><b>{word}":"</b>" "{loss.text(lang)}</p>
                <p class="c-field__hint">{loss.how(lang)}{place}</p>
            </li>
        }
    };
    let rows = losses.iter().map(row).collect_view();
    Some(
        view! {
            <details class="c-more" open=losses.iter().any(|l| l.outcome == Outcome::Asked)>
                <summary>{icon("right", 16)}{tr!(lang, export.report, n = losses.len())}</summary>
                <div class="c-more__body"><ul class="c-findings">{rows}</ul></div>
            </details>
        }
        .into_any(),
    )
}
