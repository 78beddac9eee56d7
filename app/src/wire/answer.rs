//! What the server says of a draft: with the page, and after each save.

use serde::{Deserialize, Serialize};
use taskdef::{Severity, finding::Concern, questions::Control};

/// What the server says of a revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The revision.
    pub revision: i64,
    /// Findings, errors first, then what it would cost to ignore them, then by place.
    pub findings: Vec<FindingView>,
    /// Rules that have something to say at several places.
    pub folds: Vec<FoldView>,
    /// Cost of one task, when it is known.
    pub cost: Option<CostView>,
    /// Cost an hour of each preset of the size step, in order.
    pub presets: Vec<Option<String>>,
    /// For each container and each tool of the health check, in order: whether its image has it; `None` if that is not known.
    pub tools: Vec<Vec<Option<bool>>>,
    /// For each container, what is known of its image for a health check, and who says so; empty where nothing is.
    pub about: Vec<String>,
    /// For each container, lines for its Dockerfile that install curl, each for another kind of image; empty where it has curl.
    pub curl: Vec<String>,
    /// Whether there is a fix that needs no decision.
    pub safe: bool,
    /// What a press, an Undo or a Redo did, in words.
    pub told: Option<String>,
    /// The whole draft, when the server put somebody else's changes together with ours.
    pub merged: Option<String>,
}

/// A finding in the page's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingView {
    /// Rule id.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// What it is about.
    pub concern: Concern,
    /// Place as pages name it.
    pub place: String,
    /// The control that shows it.
    pub control: Control,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub how: String,
    /// Fixes, best first.
    pub fixes: Vec<FixView>,
}

/// What a rule says at several places, as one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoldView {
    /// Rule id.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The rule without its values, and at how many places.
    pub title: String,
    /// One fix for all places.
    pub fix: Option<FixView>,
}

/// A fix in the page's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixView {
    /// The button's words.
    pub label: String,
    /// The change from the draft's root, as [`taskdef::Edit::to_text`] writes it.
    pub edit: String,
}

/// The cost of one task, in figures that are ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostView {
    /// US dollars an hour, three decimals.
    pub hour: String,
    /// For a lesson of two hours.
    pub lab: String,
    /// For a month of 730 hours.
    pub month: String,
    /// The Region's name.
    pub region: String,
    /// `x86` or `Arm`.
    pub chip: String,
    /// Date of the price.
    pub date: String,
    /// The same in won, where the operator states a rate.
    pub won: Option<WonView>,
}

impl CostView {
    /// An hour, a lesson and a month: US dollars and, where there is a rate, won beside them.
    pub fn shown(&self) -> [String; 3] {
        let won = self.won.as_ref().map(|w| [&w.hour, &w.lab, &w.month]);
        let mut shown = [&self.hour, &self.lab, &self.month].map(|usd| format!("US${usd}"));
        for (shown, won) in shown.iter_mut().zip(won.into_iter().flatten()) {
            *shown += &format!(" ({won})");
        }
        shown
    }
}

/// A cost in won, in words that are ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WonView {
    /// An hour.
    pub hour: String,
    /// For a lesson of two hours.
    pub lab: String,
    /// For a month of 730 hours.
    pub month: String,
    /// The rate, its date, and that it is an estimate.
    pub note: String,
}
