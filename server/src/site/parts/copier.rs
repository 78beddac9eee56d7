//! Copy buttons of pages without the browser's program. They are hidden until their script runs; in the wizard's dialog
//! the program does the same with the same markup.

use app::{tr, widgets::icon};
use leptos::{nonce::use_nonce, prelude::*};
use taskdef::Lang;

/// Copies a field's text, or the text of the button's own block; where that is not allowed, it is selected to be copied by hand.
const COPY: &str = r#"
for (const button of document.querySelectorAll('[data-copy]')) {
  const from = document.getElementById(button.dataset.copy) ?? button.closest('.c-cmd').querySelector('code'), words = button.querySelector('span'), usual = words.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    let said = button.dataset.done;
    try { await navigator.clipboard.writeText(from.value ?? from.textContent); }
    catch { from.select ? from.select() : getSelection().selectAllChildren(from); said = button.dataset.failed; }
    words.textContent = document.querySelector('[data-said]').textContent = said;
    setTimeout(() => { words.textContent = usual; }, 3000);
  });
}
"#;

/// A button that copies the field `from`, whose name is `of`; `done` is what it says then.
pub fn copy_button(lang: Lang, from: impl Into<String>, of: impl Into<String>, done: String, variant: Option<&'static str>) -> AnyView {
    let (from, of) = (from.into(), of.into());
    view! {
        <button class="c-btn" data-variant=variant type="button" hidden=true data-copy=from data-done=done data-failed=tr!(lang, common.copy_failed)>
            {icon("copy", 20)}<span>{tr!(lang, common.copy)}</span><b class="u-vh">" "{of}</b>
        </button>
    }
    .into_any()
}

/// A button that copies the text of the block around it (`.c-cmd`); `of` names the block.
pub fn copy_block(lang: Lang, of: String) -> AnyView {
    view! {
        <button class="c-btn" data-variant="quiet" data-size="small" type="button" hidden=true data-copy="" data-done=tr!(lang, share.copied) data-failed=tr!(lang, common.copy_failed)>
            {icon("copy", 16)}<span>{tr!(lang, common.copy)}</span><b class="u-vh">" "{of}</b>
        </button>
    }
    .into_any()
}

/// Where it is said that something was copied.
pub fn copied() -> AnyView {
    view! { <div role="status" data-said="" class="u-vh"></div> }.into_any()
}

/// What makes the buttons of a page work.
pub fn copy_script() -> AnyView {
    view! { <script type="module" nonce=use_nonce() inner_html=COPY></script> }.into_any()
}
