//! Deferred hydration: a page hydrates in parts, each in a separate task, so that a slow machine answers a key or a press in
//! between. Until then the server's markup stands, and links and forms work as they do without a program.
//!
//! This room is the only one that is bound to the framework's internals (`tachys`). What has to hold, each with its test:
//!
//! 1. **The server defers nothing.** It renders a deferred view like any other, so a page without a program is whole.
//!    `the_server_renders_a_deferred_view_like_any_other`, below.
//! 2. **Page order, parents first, one task each.** A part is hydrated after all parts that were waiting before it, and the browser
//!    takes its turn before each. `parts_run_in_the_order_of_the_page_with_a_turn_before_each`, in `pending.rs`.
//! 3. **Hydration ends.** [`hydrate_pending`] returns when nothing waits, also inside the parts that it hydrated, and the page says
//!    so (`data-live`). `what_waits_inside_of_a_part_is_hydrated_too`, in `pending.rs`.
//! 4. **Elements are taken over, not replaced.** What the server rendered keeps its elements, and with them the focus and the
//!    selection. “the elements of the server stay”, in `end2end/tests/hydration.spec.ts`.
//! 5. **Stale markup is not hydrated.** If the draft or the page changed before a part's turn, the part is rendered anew.
//!    “what was typed before the program arrives is kept” and “a link that is pressed after … turns”, same file.
//! 6. **A deferred view is all of its element's children.** The cursor then stands behind the last child, where the framework looks
//!    for what follows. Any page whose markup did not match would write to the console, which fails every browser test.

#[cfg(feature = "hydrate")]
mod deferred;
#[cfg(any(feature = "hydrate", test))]
mod pending;

use leptos::prelude::AnyView;

/// All children of an element, hydrated when [`hydrate_pending`] reaches them, or rendered anew where the page no longer
/// `is_as_rendered` by the server.
pub fn deferred(is_as_rendered: impl Fn() -> bool + Send + 'static, view: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    #[cfg(feature = "hydrate")]
    return deferred::Deferred::erased(is_as_rendered, view);
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = is_as_rendered;
        view()
    }
}

/// Hydrates what waits, in the order of the page, and lets the browser take its turn before each part.
#[cfg(feature = "hydrate")]
pub async fn hydrate_pending() {
    pending::run(yield_now).await;
}

/// Lets the browser do what waits: a key, a press, a frame.
#[cfg(feature = "hydrate")]
pub async fn yield_now() {
    let mut turn = |resolve: js_sys::Function, _| {
        let _ = leptos::prelude::window().set_timeout_with_callback(&resolve);
    };
    let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::new(&mut turn)).await;
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos::prelude::*;

    #[test]
    fn the_server_renders_a_deferred_view_like_any_other() {
        let part = || view! { <p>"one"</p>"two" }.into_any();
        let whole = view! { <div>{part()}</div> }.to_html();
        assert_eq!(view! { <div>{deferred(|| false, part)}</div> }.to_html(), whole);
        assert!(whole.contains("<p>one"), "{whole}");
    }
}
