//! A page as a handler returns it. `render.rs` makes the document of it.

use crate::assets::Assets;
use app::tr;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::AnyView;
use std::sync::Arc;
use taskdef::Lang;

/// What is in the head of a document, and what a page knows of its visitor.
#[derive(Clone, Debug)]
pub struct Head {
    /// Language of the page.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// Theme from the cookie: `light`, `dark`, or nothing.
    pub theme: Option<String>,
    /// Whether the browser's program takes over.
    pub live: bool,
    /// Whether search engines may list it.
    pub index: bool,
    /// After so many seconds, a browser without scripts loads this address.
    pub again: Option<(u32, String)>,
    /// Addresses of the built files.
    pub assets: Arc<Assets>,
}

/// What a document holds. All pages have this one type, so that the framework's renderer is compiled once and not for each.
pub type Body = Arc<dyn Fn(&Head) -> AnyView + Send + Sync>;

/// A page.
#[derive(Clone)]
pub struct Page {
    pub(super) lang: Lang,
    pub(super) title: String,
    pub(super) status: StatusCode,
    pub(super) live: bool,
    pub(super) index: bool,
    pub(super) again: Option<(u32, String)>,
    pub(super) body: Body,
}

impl Page {
    /// A page with this title, `… – Taskwright`, that search engines do not list.
    pub fn new(lang: Lang, title: impl AsRef<str>, body: impl Fn(&Head) -> AnyView + Send + Sync + 'static) -> Page {
        let title = format!("{} – Taskwright", title.as_ref());
        Page { lang, title, status: StatusCode::OK, live: false, index: false, again: None, body: Arc::new(body) }
    }

    /// A page that the browser's program takes over. The title is whole.
    pub fn live(lang: Lang, title: String, body: impl Fn(&Head) -> AnyView + Send + Sync + 'static) -> Page {
        Page { lang, title, status: StatusCode::OK, live: true, index: false, again: None, body: Arc::new(body) }
    }

    /// With another status than 200.
    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// Loaded again after so many seconds, from this address, where the browser runs no scripts.
    pub fn again(mut self, seconds: u32, address: String) -> Page {
        self.again = Some((seconds, address));
        self
    }

    /// Listed by search engines, or not.
    pub fn index(mut self, index: bool) -> Page {
        self.index = index;
        self
    }

    /// Whether something on it must be corrected; its title says so first.
    pub fn wrong(mut self, wrong: bool) -> Page {
        if wrong {
            self.title.insert_str(0, tr!(self.lang, common.error_prefix));
        }
        self
    }
}

/// The status, and the page for `render.rs`.
impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
