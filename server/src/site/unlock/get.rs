//! `/unlock/{code}`: it unlocks this browser, and leads on to the start.

use crate::{
    app_state::AppState,
    http::{cookies::Cookies, error::PageError, location::Location},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, Method},
};

/// Takes the code from the terminal. A code works once, and a HEAD is no visit: previews and scanners send it.
pub async fn get(
    State(app): State<AppState>,
    Path(code): Path<String>,
    method: Method,
    headers: HeaderMap,
    mut cookies: Cookies,
) -> Result<(Cookies, Location), PageError> {
    let session = (method == Method::GET).then(|| app.registrar.unlock(&headers, &code)).flatten().ok_or(PageError::NoPage)?;
    app.registrar.announce();
    cookies.add(session);
    Ok((cookies, Location::root()))
}
