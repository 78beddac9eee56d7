//! Times in words. The server does not know the visitor's clock, so it says how long ago, not when.

use app::tr;
use taskdef::Lang;

/// `5 min ago`, `yesterday`, `3 days ago`.
pub fn ago(lang: Lang, now: i64, at: i64) -> String {
    match (now - at).max(0) {
        s if s < 60 => tr!(lang, history.seconds).to_owned(),
        s if s < 3600 => tr!(lang, history.minutes, n = s / 60),
        s if s < 86_400 => tr!(lang, history.hours, n = s / 3600),
        s if s < 2 * 86_400 => tr!(lang, history.day).to_owned(),
        s => tr!(lang, history.days, n = s / 86_400),
    }
}

/// `Deleted in 29 days`.
pub fn ends(lang: Lang, now: i64, at: i64) -> String {
    match (at - now) / 86_400 {
        days if days > 1 => tr!(lang, history.ends_days, n = days),
        _ => tr!(lang, history.ends_day).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_largest_unit_that_fits() {
        let said: Vec<String> = [0, 59, 60, 7199, 86_399, 86_400, 172_800].into_iter().map(|s| ago(Lang::En, 1_000_000, 1_000_000 - s)).collect();
        assert_eq!(said, ["just now", "just now", "1 min ago", "1 h ago", "23 h ago", "yesterday", "2 days ago"]);
        assert_eq!(ago(Lang::Ko, 10, 20), "방금", "a clock that is ahead");
        assert_eq!((ends(Lang::En, 0, 30 * 86_400).as_str(), ends(Lang::Ko, 0, 100).as_str()), ("Deleted in 30 days", "하루 안에 지워져요"));
    }
}
