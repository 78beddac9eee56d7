//! The program that the browser loads: it takes over the page that the server rendered.

/// Called by the page once the program is there, with the texts of the page's language as `app::texts` wrote them.
/// Its promise is kept when every part of the page answers.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate(texts: String) {
    app::yield_now().await;
    app::texts::fetched(&texts);
    app::yield_now().await;
    leptos::mount::hydrate_body(app::App);
    app::hydrate_pending().await;
}
