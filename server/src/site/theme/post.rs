//! `POST /{lang}/theme`.

use crate::http::{cookies::Cookies, extract::Lang, form::Form, location::Location};

/// Keeps the theme in a cookie, so that the next page has it at once, and leads back to the page of the form.
pub async fn post(Lang(lang): Lang, mut cookies: Cookies, form: Form) -> (Cookies, Location) {
    cookies.set_theme(form.field("theme"));
    (cookies, Location::back(form.field("back")).unwrap_or_else(|| Location::home(lang)))
}
