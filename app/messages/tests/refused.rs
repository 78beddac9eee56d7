//! A text that would be shown wrong or empty fails the build, with its file and line, in either language.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;

/// What the texts of one file in both languages are refused with, without the folder.
fn refusal(en: &str, ko: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (lang, text) in [("en", en), ("ko", ko)] {
        fs::create_dir(folder.path().join(lang)).unwrap();
        fs::write(folder.path().join(lang).join("port.ftl"), text).unwrap();
    }
    let error = messages::catalogue(folder.path(), &messages::LANGUAGES).and_then(|files| messages::rust::statics(&files)).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

const PLURAL: &str = "a = { $n ->\n    [one] 1 file\n   *[other] { $n } files\n}\n";

#[test]
fn a_misspelt_value_is_refused_in_either_language() {
    let wrong = "a = One\nb = Port { $prot }\n";
    let right = "a = 하나\nb = 포트 { $port }\n";
    assert_eq!(refusal(wrong, right), "ko/port.ftl:2: b: its values are [$port], but [$prot] in en/port.ftl:2");
    assert_eq!(refusal(right, wrong), "ko/port.ftl:2: b: its values are [$prot], but [$port] in en/port.ftl:2");
}

#[test]
fn a_missing_value_is_refused() {
    assert_eq!(refusal("a = Port { $port }\n", "a = 포트\n"), "ko/port.ftl:1: a: its values are [], but [$port] in en/port.ftl:1");
    assert_eq!(refusal(PLURAL, "a = 파일\n"), "ko/port.ftl:1: a: its values are [], but [$n] in en/port.ftl:1");
}

#[test]
fn a_message_or_attribute_that_one_language_lacks_is_refused() {
    assert_eq!(refusal("a = One\n# Why\nb = Two\n", "a = 하나\n"), "en/port.ftl:3: b: missing in ko/port.ftl");
    assert_eq!(refusal("a = One\n", "a = 하나\n    .why = 왜냐하면\n"), "ko/port.ftl:2: a.why: missing in en/port.ftl");
}

#[test]
fn a_key_that_is_there_twice_is_refused() {
    assert_eq!(refusal("a = One\nb = Two\na = Three\n", "a = 하나\n"), "en/port.ftl:3: a: the same key is in line 1");
}

#[test]
fn what_is_no_fluent_is_refused_at_its_line() {
    assert!(refusal("a = One\nb { Two\n", "a = 하나\n").starts_with("en/port.ftl:2: "));
    assert!(refusal("a = One\n", "a = 하나\nb = { $n\n").starts_with("ko/port.ftl:"));
}

#[test]
fn a_plural_has_the_forms_of_its_language() {
    assert_eq!(refusal(PLURAL, PLURAL), "ko/port.ftl:1: a: Korean has no plural: write one text");
    let few = PLURAL.replace("[one]", "[few]");
    assert_eq!(refusal(&few, "a = 파일 { $n }개\n"), "en/port.ftl:1: a: a plural has [one] and *[other]");
    let only = "a = { $n ->\n   *[other] { $n } files\n}\n";
    assert_eq!(refusal(only, "a = 파일 { $n }개\n"), "en/port.ftl:1: a: a plural has [one] and *[other]");
}

#[test]
fn what_the_filler_cannot_show_is_refused() {
    assert!(refusal("a = One\n    two\n", "a = 하나\n").starts_with("en/port.ftl:1: a: one line"));
    assert!(refusal("a = { NUMBER($n) }\n", "a = { $n }\n").starts_with("en/port.ftl:1: a: only values"));
    assert!(refusal("a = { $n ->\n    [one] a | b\n   *[other] c\n}\n", "a = { $n }\n").starts_with("en/port.ftl:1: a: a plural cannot contain"));
    assert_eq!(refusal("a = { \"\" }\n", "a = 하나\n"), "en/port.ftl:1: a is empty");
}

#[test]
fn a_file_that_one_language_lacks_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for lang in messages::LANGUAGES {
        fs::create_dir(folder.path().join(lang)).unwrap();
    }
    fs::write(folder.path().join("en/port.ftl"), "a = One\n").unwrap();
    let error = messages::catalogue(folder.path(), &messages::LANGUAGES).unwrap_err();
    assert!(error.path.ends_with("ko/port.ftl") && error.problem == "another language has this file", "{error}");
}

/// A curly bracket is a sign like any other in a text without values, and is doubled for the filler in one with values.
#[test]
fn a_bracket_stays_a_bracket() {
    let folder = tempfile::tempdir().unwrap();
    for lang in messages::LANGUAGES {
        fs::create_dir(folder.path().join(lang)).unwrap();
        fs::write(folder.path().join(lang).join("port.ftl"), "a = { \"{\" }x{ \"}\" }\nb = { \"{x}\" } { $n }{ \" \" }\n").unwrap();
    }
    let files = messages::catalogue(folder.path(), &messages::LANGUAGES);
    let texts: Vec<String> = files.unwrap()[0].messages.iter().map(|m| m.text.texts[0].clone()).collect();
    assert_eq!(texts, ["{x}", "{{x} {0} "]);
}
