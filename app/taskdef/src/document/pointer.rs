//! Places in the document: JSON Pointers (RFC 6901).

use serde_json::Value;
use std::borrow::Cow;

/// The unescaped tokens of a pointer; the empty pointer has none.
///
/// ```
/// assert_eq!(taskdef::document::pointer::tokens("/a~1b/0"), ["a/b", "0"]);
/// ```
pub fn tokens(pointer: &str) -> Vec<String> {
    parts(pointer).map(Cow::into_owned).collect()
}

/// The same, one after the other.
pub fn parts(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|t| if t.contains('~') { Cow::Owned(t.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(t) })
}

/// What stands in a value under a token.
pub fn step<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(token),
        Value::Array(list) => index(token).and_then(|i| list.get(i)),
        _ => None,
    }
}

/// `pointer` followed by one more token, escaped.
pub fn join(pointer: &str, token: impl std::fmt::Display) -> String {
    let token = token.to_string();
    if token.contains(['~', '/']) { format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1")) } else { format!("{pointer}/{token}") }
}

/// The pointer of a member whose key needs no escaping.
#[cfg(feature = "server")]
pub(crate) fn member(mut object: String, key: &str) -> String {
    object.push('/');
    object.push_str(key);
    object
}

/// Appends an index; most lists are so short that it is one digit.
pub(crate) fn push_index(pointer: &mut String, index: usize) {
    match u8::try_from(index) {
        Ok(digit @ 0..10) => pointer.push(char::from(b'0' + digit)),
        _ => pointer.push_str(&index.to_string()),
    }
}

/// The pointer without its last token, and that token (unescaped). `None` for the root.
pub fn split_last(pointer: &str) -> Option<(&str, String)> {
    let at = pointer.rfind('/')?;
    Some((&pointer[..at], pointer[at + 1..].replace("~1", "/").replace("~0", "~")))
}

/// Whether `inner` is `outer` or lies below it.
pub fn contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The root, each place on the way, and the place itself.
pub fn upwards(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.match_indices('/').map(|(i, _)| &pointer[..i]).chain([pointer])
}

/// The value at a pointer; array indexes must be written as RFC 6901 says (no sign, no leading zero).
pub fn get<'a>(root: &'a Value, pointer: &str) -> Option<&'a Value> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    parts(pointer).try_fold(root, |at, token| step(at, &token))
}

/// The id of the form control for a place: `f` and the pointer, every other sign a hyphen.
///
/// ```
/// assert_eq!(taskdef::document::pointer::field_id("/containerDefinitions/0/image"), "f-containerDefinitions-0-image");
/// assert_eq!(taskdef::document::pointer::field_id("size"), "f-size");
/// ```
pub fn field_id(place: &str) -> String {
    let mut id = String::with_capacity(place.len() + 1);
    id.push('f');
    if !place.starts_with('/') {
        id.push('-');
    }
    for c in place.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            id.push(c);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    id
}

/// The place that a pointer from the draft's root has on pages and in the API: the definition's
/// places lose their prefix, the wizard's own stay.
pub fn to_place(pointer: &str) -> &str {
    pointer.strip_prefix("/definition").unwrap_or(pointer)
}

/// Whether a place belongs to the wizard's own answers and not to the task definition.
pub fn is_wizard(place: &str) -> bool {
    ["/title", "/region", "/cluster", "/aside"].iter().any(|w| contains(w, place))
}

/// The pointer from the draft's root for a place as pages name it.
pub fn from_place(place: &str) -> String {
    if is_wizard(place) { place.to_owned() } else { format!("/definition{place}") }
}

/// Index of an array token, if the token is one.
pub fn index(token: &str) -> Option<usize> {
    if token.len() > 1 && token.starts_with('0') {
        return None;
    }
    token.parse().ok()
}
