//! How well an entry answers a question.

use super::{
    entry::{Entry, Kind},
    words::{Query, Word},
};

/// Shortest word in which a slip is forgiven, and in which two are, in letters: a syllable of Hangul has two or three.
const SLIP: usize = 5;
const TWO_SLIPS: usize = 9;

/// The score; `None` where the entry lacks more words of the question than it may.
pub(super) fn rank(entry: &Entry, query: &Query, may_lack: usize) -> Option<f32> {
    let scores: Vec<f32> = query.words.iter().filter_map(|word| of_word(entry, word)).collect();
    if scores.is_empty() || scores.len() + may_lack < query.words.len() {
        return None;
    }
    let mut score = scores.iter().sum::<f32>() / query.words.len() as f32;
    if entry.text.whole.contains(&query.whole) {
        score += 12.0;
    } else if query.words.len() == 1 && query.words[0].forms.iter().any(|form| entry.text.whole.contains(form)) {
        score += 11.0;
    } else if query.whole.chars().count() > 3 && entry.text.whole.iter().any(|whole| whole.contains(&query.whole)) {
        score += 3.0;
    }
    let kind = match entry.kind {
        Kind::Setting => 3.0,
        Kind::Action => 2.5,
        Kind::Page => 2.0,
        Kind::Field => 1.8,
        Kind::Term => 1.5,
        Kind::Error => 0.5,
        Kind::Rule => 0.0,
    };
    // The shorter of two names is more about the word.
    let length = entry.titles.iter().map(|title| title.chars().count()).min().unwrap_or(0);
    Some(score + kind - length as f32 / 100.0)
}

/// The best of what an entry has for a word.
fn of_word(entry: &Entry, word: &Word) -> Option<f32> {
    let of_form = |form: &String| {
        let (strong, weak) = (&entry.text.strong, &entry.text.weak);
        let long = form.chars().count() >= 2;
        let hangul = form.chars().any(|c| ('ㄱ'..='ㅣ').contains(&c));
        let inside = hangul && form.chars().count() >= 4;
        if strong.contains(form) {
            Some(10.0)
        } else if long && strong.iter().any(|w| w.starts_with(form.as_str())) {
            Some(7.0)
        } else if inside && entry.text.whole.iter().any(|whole| whole.contains(form.as_str())) {
            Some(5.0)
        } else if strong.iter().any(|w| slipped(form, w)) {
            Some(3.0)
        } else if weak.contains(form) {
            Some(2.0)
        } else if long && weak.iter().any(|w| w.starts_with(form.as_str())) {
            Some(1.0)
        } else {
            None
        }
    };
    word.forms.iter().filter_map(of_form).fold(None, |best, score| Some(best.map_or(score, |best: f32| best.max(score))))
}

fn slipped(typed: &str, meant: &str) -> bool {
    let (a, b) = (typed.chars().count(), meant.chars().count());
    let allowed = match a {
        TWO_SLIPS.. => 2,
        SLIP.. => 1,
        _ => return false,
    };
    a.abs_diff(b) <= allowed && strsim::damerau_levenshtein(typed, meant) <= allowed
}
