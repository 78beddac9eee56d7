//! A step's form: what it does to the draft, and where the answer leads.

use super::{answer::fixed_together, findings_with};
use app::{
    actions::{Next, Outcome, Situation, outcome},
    address::Page,
};
use taskdef::{
    Draft, Edit, Lang, diagnose,
    facts::Images,
    questions::{Control, Fix, Post, PostError},
};

/// What a posted form does.
pub struct Submitted {
    /// The draft with the changes, made from the form's own revision.
    pub draft: Draft,
    /// Where the answer leads.
    pub next: Next,
    /// The id of the element that gets the focus there.
    pub focus: Option<String>,
}

/// Reads a step's form. `base` is the revision that it was rendered from, `images` what is known of its images.
pub fn submit(base: &Draft, page: Page, pairs: &[(String, String)], images: &Images) -> Result<Submitted, PostError> {
    let post = Post::read(pairs)?;
    let mut draft = post.apply(base);
    let fix = |fix: &Fix| proposed(&draft, fix, images);
    let on = Situation { draft: &draft, page, fix: &fix, dotenv: &|| post.dotenv.clone() };
    let Outcome { edit, next, focus } = outcome(&post.action, &on);
    // An edit is made for this very document, so it fits; one that does not changes nothing.
    let _ = edit.apply(draft.root_mut());
    Ok(Submitted { draft, next, focus })
}

/// The edit that a finding of the draft or the diagnosis of an error proposes, and the control that it mends.
fn proposed(draft: &Draft, fix: &Fix, images: &Images) -> Option<(Edit, Option<Control>)> {
    match fix {
        Fix::Finding { rule, index, place } => {
            let finding = findings_with(Lang::En, draft, images.clone()).into_iter().find(|f| f.rule == *rule && f.place == *place)?;
            Some((Edit::parse(&finding.fixes.get(*index)?.edit)?, Some(finding.control)))
        }
        Fix::Rule(rule) => fixed_together(draft, rule, images).map(|edit| (edit, None)),
        Fix::Diagnosis(id) => diagnose::fix(id, draft).map(|edit| (edit, None)),
    }
}
