//! What a page needs besides the draft: it travels with the first render and with each live answer.

use serde::{Deserialize, Serialize};
use taskdef::{Lang, Severity};

/// Everything that a wizard page starts from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PageModel {
    /// Language of the page.
    pub lang: Lang,
    /// The edit link's token.
    pub token: String,
    /// The address path of the page.
    pub path: String,
    /// Whether the page comes back from a Continue that found errors.
    pub checked: bool,
    /// What the last import left out, for a note.
    pub dropped: Option<String>,
    /// The revision that was exported last from this browser.
    pub exported: Option<i64>,
    /// Theme from the cookie: `light`, `dark`, or nothing.
    pub theme: Option<String>,
    /// The draft's text.
    pub draft: String,
    /// Regions and instance types to choose from.
    pub choices: Choices,
    /// What the server says of this revision.
    pub answer: Answer,
}

/// What the server says of a revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The revision.
    pub revision: i64,
    /// Findings, errors first, then by place.
    pub findings: Vec<FindingView>,
    /// Cost of one task, when it is known.
    pub cost: Option<CostView>,
    /// Cost an hour of each preset of the size step, in order.
    pub presets: Vec<Option<String>>,
    /// For each container and each tool of the health check, in order: whether its image has it; `None` where nobody knows.
    pub tools: Vec<Vec<Option<bool>>>,
    /// Whether a finding has a fix that may need no decision.
    pub safe: bool,
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
    /// Place as pages name it.
    pub place: String,
    /// Name of the control that shows it.
    pub control: String,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub how: String,
    /// Cures, best first.
    pub fixes: Vec<FixView>,
}

/// A cure in the page's language.
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
}

/// What selects offer: value and label.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Regions: code and name.
    pub regions: Vec<(String, String)>,
    /// How many of them, the last ones, need an account of their own.
    pub apart: usize,
    /// Instance types: name, vCPU, GB.
    pub instances: Vec<(String, u64, String)>,
}
