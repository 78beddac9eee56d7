//! What US dollars are in won, by a rate that the operator states. AWS charges in US dollars, so this is an estimate.

use crate::messages::grouped;
use std::str::FromStr;

/// A rate with its date: `1458.2@2026-11-20`.
#[derive(Clone, Debug, PartialEq)]
pub struct WonRate {
    /// Won for one US dollar, from 100 to 10,000.
    won: f64,
    /// The same as it was written, with separators: `1,458.2`.
    shown: String,
    /// The day of the rate, ISO 8601.
    date: String,
}

/// A text that is no rate with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRate {
    /// No `@`.
    #[error("write the rate and its date, such as 1458.2@2026-11-20")]
    Form,
    /// Not a number in the range.
    #[error("the rate must be the number of won for one US dollar, from 100 to 10000 with up to 4 decimals, such as 1458.2")]
    Rate,
    /// No day of the calendar.
    #[error("the date must be the day of the rate, such as 2026-11-20")]
    Date,
}

impl WonRate {
    /// An amount of US dollars, rounded to won, with separators: `60,460`.
    pub fn of(&self, dollars: f64) -> String {
        grouped((dollars * self.won).round() as u64)
    }

    /// The rate as it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Its date.
    pub fn date(&self) -> &str {
        &self.date
    }
}

impl FromStr for WonRate {
    type Err = NoRate;

    fn from_str(text: &str) -> Result<WonRate, NoRate> {
        let (rate, date) = text.split_once('@').ok_or(NoRate::Form)?;
        let (whole, decimals) = rate.split_once('.').map_or((rate, None), |(whole, decimals)| (whole, Some(decimals)));
        let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 5) || decimals.is_some_and(|d| !digits(d, 4)) {
            return Err(NoRate::Rate);
        }
        let won: f64 = rate.parse().map_err(|_| NoRate::Rate)?;
        if !(100.0..=10_000.0).contains(&won) {
            return Err(NoRate::Rate);
        }
        if !is_day(date) {
            return Err(NoRate::Date);
        }
        let shown = grouped(won as u64) + &decimals.map(|d| format!(".{d}")).unwrap_or_default();
        Ok(WonRate { won, shown, date: date.to_owned() })
    }
}

/// Whether a text is a day of the calendar, `2026-11-20`, from the year 2000 on.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize| (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else { return false };
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year >= 2000 && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_shown_in_whole_won() {
        let rate: WonRate = "1458.20@2026-11-20".parse().unwrap();
        assert_eq!((rate.shown(), rate.date()), ("1,458.20", "2026-11-20"));
        assert_eq!((rate.of(0.05678), rate.of(41.45), rate.of(0.0)), ("83".into(), "60,442".into(), "0".into()));
    }

    #[test]
    fn what_is_no_rate_is_refused_with_what_to_write() {
        for (text, error) in [
            ("1458.2", NoRate::Form),
            ("", NoRate::Form),
            ("99@2026-11-20", NoRate::Rate),
            ("10001@2026-11-20", NoRate::Rate),
            ("1e3@2026-11-20", NoRate::Rate),
            ("1,458@2026-11-20", NoRate::Rate),
            ("-1458@2026-11-20", NoRate::Rate),
            ("NaN@2026-11-20", NoRate::Rate),
            ("1458.@2026-11-20", NoRate::Rate),
            ("1458.12345@2026-11-20", NoRate::Rate),
            ("1458@2026-02-29", NoRate::Date),
            ("1458@2026-13-01", NoRate::Date),
            ("1458@20-11-2026", NoRate::Date),
            ("1458@2026-11-20T00", NoRate::Date),
            ("1458@<b>", NoRate::Date),
        ] {
            assert_eq!(text.parse::<WonRate>(), Err(error), "{text}");
        }
        assert!("1458@2028-02-29".parse::<WonRate>().is_ok());
    }
}
