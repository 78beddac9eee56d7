//! What must hold for every text that is pasted.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/any.rs"]
mod any;

use any::any_json;
use proptest::prelude::*;
use serde_json::Value;
use taskdef::{
    Draft,
    document::bounds,
    formats::{export, import},
};

/// Pieces that JSON does not have, or has elsewhere.
const PIECES: [&str; 34] = [
    ",", ":", "{", "}", "[", "]", "\"", "'", "\\", "//x\n", "/* x */", "#", "0", "01", "-", "+1", ".5", "1.", "1e", "0x1F", "NaN", "Infinity", "true", "nul",
    "\t", "\n", "\u{b}", "\u{c}", "\u{0}", "\u{a0}", "\u{2028}", "\u{feff}", "\\ud800", "\\u0024",
];

/// Texts that are JSON, or nearly.
fn any_text() -> impl Strategy<Value = String> {
    let place = (any::<prop::sample::Index>(), prop::sample::select(PIECES.to_vec()), any::<bool>());
    (any_json(), any::<bool>(), prop::collection::vec(place, 0..3)).prop_map(|(value, wide, changes)| {
        let mut text: Vec<char> = if wide { format!("{value:#}") } else { value.to_string() }.chars().collect();
        for (place, piece, replaces) in changes {
            let at = place.index(text.len() + 1);
            let end = if replaces { (at + 1).min(text.len()) } else { at };
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// Every place of a document.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &taskdef::document::pointer::join(at, k), out)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| places(v, &taskdef::document::pointer::join(at, i), out)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn import_then_export_is_the_same_json_without_the_named_keys(value in any_json()) {
        let read = import::from_json(&value.to_string()).unwrap();
        let again: Value = serde_json::from_str(&export::to_json(&read.definition)).unwrap();
        prop_assert_eq!(again.to_string(), read.definition.to_string());
        if !read.unwrapped {
            let mut expected = value.clone();
            if let Value::Object(map) = &mut expected {
                map.retain(|k, _| !import::READ_ONLY.contains(&k.as_str()));
            }
            prop_assert_eq!(read.definition.to_string(), expected.to_string());
        }
    }

    #[test]
    fn what_an_import_takes_makes_a_draft_that_opens_again(levels in 0usize..140, key in "[a-z]{1,3}") {
        let text = format!("{}{{}}{}", format!("{{\"{key}\":").repeat(levels), "}".repeat(levels));
        match import::from_json(&text) {
            Ok(read) => {
                let draft = Draft::around(read.definition);
                prop_assert!(levels < 63);
                prop_assert_eq!(Draft::parse(&draft.to_text()).unwrap(), draft);
            }
            Err(error) => prop_assert!(levels >= 63 && error.hint == import::Hint::Deep, "{levels}: {error:?}"),
        }
    }

    /// The strict JSON of `serde_json` is the measure: no text more, no text less, and the same document.
    #[test]
    fn a_text_is_read_as_serde_json_reads_it(text in any_text()) {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let fits = bounds::check(&format!("[{plain}]")).is_ok();
        let measure = serde_json::from_str::<Value>(plain).ok().filter(|_| fits);
        let read = import::Document::parse(&text);
        prop_assert_eq!(read.as_ref().ok().map(|read| read.value.to_string()), measure.map(|value| value.to_string()), "{:?}", text);
    }

    #[test]
    fn every_place_starts_where_its_value_or_key_stands(value in any_json(), wide in any::<bool>()) {
        let text = if wide { format!("{value:#}") } else { value.to_string() };
        let read = import::Document::parse(&text).unwrap();
        let mut pointers = Vec::new();
        places(&read.value, "", &mut pointers);
        let found = read.places.of(pointers.iter().map(String::as_str));
        prop_assert_eq!(found.len(), pointers.len());
        for (pointer, (line, column)) in pointers.iter().zip(found) {
            let rest: String = text.split('\n').skip(line - 1).collect::<Vec<_>>().join("\n").chars().skip(column - 1).collect();
            let parent = taskdef::document::pointer::split_last(pointer);
            let due = match parent.as_ref().map(|(parent, key)| (read.value.pointer(parent).unwrap(), key)) {
                Some((Value::Object(_), key)) => format!("{}:", Value::from(key.as_str())),
                _ => read.value.pointer(pointer).unwrap().to_string(),
            };
            let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert!(squeezed(&rest).starts_with(&squeezed(&due)), "{pointer} at {line}:{column} of {text}");
        }
    }

    #[test]
    fn no_bytes_make_the_import_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Err(error) = import::from_json(&text) {
            prop_assert!(error.line > 0 && error.column > 0);
        }
    }
}

#[test]
fn a_reserved_key_is_refused_however_it_is_written() {
    for text in [r#"{"family": {"$serde_json::private::Number": "7"}}"#, r#"{"x": {"\u0024serde_json::private::RawValue": "{}"}}"#] {
        assert_eq!(import::from_json(text).unwrap_err().hint, import::Hint::Reserved);
    }
}

/// One mebibyte of each was one mebibyte of work: were one of them quadratic, this test would not end.
#[test]
fn a_mebibyte_of_anything_is_read_in_one_pass() {
    const SIZE: usize = 1 << 20;
    let list = |item: &str| format!("[{}{item}]", format!("{item},").repeat(SIZE / (item.len() + 1)));
    for item in ["1", "1.5e-7", "\"\\u0041\\n\"", "[]", "{\"a\":[]}", "\"한\"", "{\"a\":1,\"a\":2}"] {
        let text = list(item);
        let read = import::Document::parse(&text).unwrap();
        assert_eq!(read.value.as_array().map(Vec::len), Some(SIZE / (item.len() + 1) + 1), "{item}");
        let last = format!("/{}", SIZE / (item.len() + 1));
        assert_eq!(read.places.of([last.as_str()])[0].0, 1, "{item}");
    }
    let keys: String = (0..SIZE / 12).map(|i| format!("\"k{i:07}\":1,")).collect();
    let text = format!("{{{keys}\"a\":\"{}\"}}", "\\u00e9".repeat(SIZE / 6));
    let read = import::Document::parse(&text).unwrap();
    let pointers: Vec<String> = (0..1_000).map(|i| format!("/k{:07}", i * 80)).collect();
    assert_eq!(read.places.of(pointers.iter().map(String::as_str))[999], (1, 999 * 80 * 13 + 2));
    for bad in ["[", "{\"a\":", "\"\\u0041", "[1,", "//", "\u{a0}", "-", "\\"] {
        assert!(import::Document::parse(&bad.repeat(SIZE / bad.len())).is_err(), "{bad}");
    }
}
