//! One term for one thing, and the wording rules that a machine can check, over every text of rules and pages and the Korean
//! texts of commands.

#![allow(clippy::unwrap_used, missing_docs)]

use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path};

/// Words that a language does without, and where one of them is right all the same.
#[derive(Deserialize)]
struct Term {
    words: Vec<String>,
    /// What to write instead.
    write: String,
    /// Keys of the texts in which the words mean something else.
    #[serde(default)]
    allowed: BTreeSet<String>,
}

struct Text {
    /// `health.lead` of a page, `health-missing-essential.why` of a rule.
    key: String,
    text: String,
}

/// Every text of a language: the rules' and the pages'. Those of a page are named after its file.
fn texts(lang: &str) -> Vec<Text> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut list = Vec::new();
    for (folder, is_page) in [(root.join("src/messages"), false), (root.join("../locales"), true)] {
        for entry in fs::read_dir(folder.join(lang)).unwrap() {
            let path = entry.unwrap().path();
            let page = path.file_stem().unwrap().to_str().unwrap();
            for source in messages::sources(&path, lang).unwrap() {
                let key = if is_page { format!("{page}.{}", source.key) } else { source.key };
                list.push(Text { key, text: source.compiled.text });
            }
        }
    }
    if lang == "ko" {
        let said = korean_literals(&fs::read_to_string(root.join("../../server/src/cli/words.rs")).unwrap());
        assert!(said.len() > 30, "{}", said.len());
        list.extend(said.into_iter().map(|text| Text { key: "cli".into(), text }));
    }
    assert!(list.len() > 2_000, "{}", list.len());
    list
}

/// The strings of a Rust file that are Korean: what the commands say is not in a `.ftl` file. English ones cannot be told from
/// names and formats.
fn korean_literals(source: &str) -> Vec<String> {
    let mut list = Vec::new();
    let mut rest = source;
    while let Some((_, from)) = rest.split_once('"') {
        let end = from.match_indices('"').map(|(at, _)| at).find(|at| !from[..*at].ends_with('\\')).unwrap();
        list.push(from[..end].replace("\\\"", "\""));
        rest = &from[end + 1..];
    }
    list.retain(|text| text.contains(|c: char| ('가'..='힣').contains(&c)));
    list
}

/// The text without what it quotes: AWS's own words stay as AWS wrote them.
fn own(text: &str) -> String {
    let mut parts = text.split('“');
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |kept, part| kept + "…" + part.split_once('”').map_or(part, |(_, rest)| rest))
}

/// Whether a text has a word, not merely its letters. Korean glues endings to words, so there letters are enough.
fn has(text: &str, word: &str, whole: bool) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        !whole || !(letter(text[..at].chars().next_back()) || letter(text[at + word.len()..].chars().next()))
    })
}

fn keeps_its_terms(lang: &str) {
    let mut terms: std::collections::HashMap<String, Vec<Term>> = serde_json::from_str(include_str!("terms.json")).unwrap();
    let terms = terms.remove(lang).unwrap();
    let texts = texts(lang);
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for Text { key, text } in &texts {
        let said = if lang == "en" { own(text).to_lowercase() } else { own(text) };
        for term in &terms {
            for word in &term.words {
                let word = if lang == "en" { word.to_lowercase() } else { word.clone() };
                let marks = word.contains(|c: char| !c.is_alphabetic() && c != ' ');
                if !has(&said, &word, lang == "en" && !marks) {
                    continue;
                }
                if term.allowed.contains(key) {
                    excused.insert(key.clone());
                } else {
                    wrong.push(format!("{key}: ‘{word}’ ({}): {text}", term.write));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // An exception that nothing needs any more would let the word come back unseen.
    let idle: Vec<&String> = terms.iter().flat_map(|t| &t.allowed).filter(|key| !excused.contains(*key)).collect();
    assert!(idle.is_empty(), "not needed in `allowed`: {idle:?}");
}

#[test]
fn english_texts_keep_the_house_style() {
    keeps_its_terms("en");
}

#[test]
fn korean_texts_keep_the_house_style() {
    keeps_its_terms("ko");
}

/// Where a value ends in a consonant, the other form of the particle would be right, so a value is followed by a noun or
/// a colon. Sizes are no danger: they end in GB or MiB.
#[test]
fn no_korean_particle_follows_a_value() {
    let sizes = ["sizing-ec2-fits-instance", "ec2-memory-headroom", "resources-memory-over-task"];
    let particles = ["은 ", "는 ", "이 ", "가 ", "을 ", "를 ", "과 ", "와 ", "로 ", "으로 ", "예요", "이에요", "이고", "인데", "이면"];
    let mut values = 0;
    for Text { key, text } in texts("ko").iter().filter(|t| !sizes.contains(&t.key.as_str())) {
        for rest in text.split('}').skip(1) {
            values += 1;
            let rest = rest.trim_start_matches(['’', '”']);
            assert!(!particles.iter().any(|p| rest.starts_with(p)), "{key}: {text}");
        }
    }
    assert!(values > 500, "{values}");
}

/// A pattern that the test cannot see is no rule: each of the ways to look is tried on a text that is wrong.
#[test]
fn the_house_style_sees_what_it_looks_for() {
    assert!(has("the role may not read", "may not", true) && !has("it holdsway", "holds", true));
    assert!(has("{ $value } 이름을 더하기", "더하기", false));
    assert_eq!(korean_literals(r#"say("a"); say("\"가\"나"); say("")"#), ["\"가\"나"]);
    assert_eq!(own("AWS returns “it's refused”, again"), "AWS returns …, again");
}
