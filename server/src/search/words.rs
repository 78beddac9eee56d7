//! Texts and questions as words that compare.

/// Most words of a question that count.
const MOST: usize = 8;

/// Endings of Korean words that say what a word does in its sentence; the longest first.
const PARTICLES: [&str; 38] = [
    "으로부터",
    "에서는",
    "하려면",
    "할까요",
    "인가요",
    "이에요",
    "하는",
    "하기",
    "해요",
    "했어요",
    "예요",
    "에서",
    "에게",
    "으로",
    "부터",
    "까지",
    "처럼",
    "보다",
    "이랑",
    "하고",
    "이나",
    "인데",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "나",
    "요",
    "랑",
];

/// Words that say nothing of what is looked for.
const EMPTY: [&str; 34] = [
    "a",
    "an",
    "the",
    "to",
    "of",
    "in",
    "on",
    "for",
    "how",
    "do",
    "does",
    "i",
    "my",
    "is",
    "it",
    "what",
    "where",
    "with",
    "can",
    "and",
    "어떻게",
    "어디",
    "어디서",
    "무엇",
    "뭐",
    "뭔가요",
    "왜",
    "방법",
    "법",
    "하는",
    "싶어요",
    "있나요",
    "되나요",
    "해요",
];

/// Initial consonants, vowels and final consonants of a syllable, as letters that stand alone.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: [&str; 21] =
    ["ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"];
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ",
    "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// A text in lower case, with the syllables of Hangul taken apart: then a word that is still being typed (`메몰`) is the
/// beginning of the whole one (`메모리`), and a slip of one letter is one letter.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars().flat_map(char::to_lowercase) {
        match (c as u32).checked_sub(0xac00).filter(|n| *n < 11_172) {
            Some(n) => {
                let n = n as usize;
                out.extend(INITIALS.chars().nth(n / 588));
                out += VOWELS[n % 588 / 28];
                out += FINALS[n % 28];
            }
            None => out.push(c),
        }
    }
    out
}

/// The words of a text as they are written.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    split(text).map(folded).collect()
}

/// All letters of a text as one word: `상태 확인` and `상태확인`, `log-group` and `logGroup`.
pub fn squashed(text: &str) -> String {
    split(text).map(folded).collect()
}

/// The parts of a key: `healthCheck` is `health` and `check`.
pub fn parts(key: &str) -> Vec<String> {
    let mut out = String::new();
    for c in key.chars() {
        if c.is_uppercase() {
            out.push(' ');
        }
        out.push(c);
    }
    words(&out)
}

/// One word of a question, in all the ways in which it may be meant.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed, and without its particle.
    pub forms: Vec<String>,
}

/// A question.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    /// Its words.
    pub words: Vec<Word>,
    /// All its letters as one word.
    pub whole: String,
}

impl Query {
    /// Reads a question; `None` where it has no word.
    pub fn parse(text: &str) -> Option<Query> {
        let all: Vec<&str> = split(text).collect();
        let telling: Vec<&str> = all.iter().copied().filter(|word| !EMPTY.contains(&word.to_lowercase().as_str())).collect();
        let chosen = if telling.is_empty() { all } else { telling };
        let words: Vec<Word> = chosen.iter().take(MOST).map(|word| Word { forms: forms(word) }).collect();
        (!words.is_empty()).then(|| Query { words, whole: chosen.iter().map(|word| folded(word)).collect() })
    }
}

fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![folded(word)];
    let bare = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle).filter(|rest| !rest.is_empty()));
    forms.extend(bare.map(folded));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_being_typed_is_the_beginning_of_the_whole_one() {
        for typed in ["ㅁ", "메", "멤", "메모", "메몰", "메모리"] {
            assert!(folded("메모리").starts_with(&folded(typed)) || typed == "멤" && folded("메모리").starts_with(&folded("메ㅁ")), "{typed}");
        }
        assert_eq!(strsim::damerau_levenshtein(&folded("메머리"), &folded("메모리")), 1);
    }

    #[test]
    fn particles_and_empty_words_do_not_count() {
        let query = Query::parse("메모리를 어떻게 늘리나요?").unwrap();
        assert_eq!(query.words.len(), 2);
        assert!(query.words[0].forms.contains(&folded("메모리")));
        assert_eq!(Query::parse("  ?! "), None);
        assert_eq!(Query::parse("how").map(|q| q.words.len()), Some(1));
    }

    #[test]
    fn keys_have_parts_and_spaces_do_not_matter() {
        assert_eq!(parts("healthCheck"), ["health", "check"]);
        assert_eq!(squashed("상태 확인"), squashed("상태확인"));
        assert_eq!(squashed("read-only"), "readonly");
    }
}
