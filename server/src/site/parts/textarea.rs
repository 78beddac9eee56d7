//! Text in a `<textarea>`. The framework escapes the children of every element but this one (tachys, `ESCAPE_CHILDREN`), so that
//! a text with `</textarea>` in it would end the element, and one with `&lt;` would be sent back changed.

use app::markup;

/// The text as the element's content: nothing in it is read as HTML, and its first line break is kept.
pub fn in_textarea(text: &str) -> String {
    markup::escape(&format!("\n{text}")).into_owned()
}
