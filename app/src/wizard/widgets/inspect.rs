//! The way to what registries say about the images.

use super::icon;
use crate::wizard::state::Wizard;
use leptos::prelude::*;

/// A link to the look into the images.
pub fn inspect(w: Wizard) -> AnyView {
    let href = w.token.with_value(|t| format!("/{}/d/{t}/inspect", w.lang.as_str()));
    view! {
        <div class="l-row">
            <a class="c-btn" data-size="small" href=href rel="external">{icon("search", 16)}{tr!(w.lang, common.inspect)}</a>
        </div>
    }
    .into_any()
}
