//! A step's form: what it does to the draft, and where the answer leads.

use super::findings;
use app::address::Page;
use taskdef::{Draft, Edit, Lang, diagnose, document::pointer, questions};

/// What a posted form does: the new draft, and where the answer leads.
pub struct Submitted {
    /// The draft with the changes, made from the form's own revision.
    pub draft: Draft,
    /// The next page, or `None` for home.
    pub page: Option<Page>,
    /// The control to focus.
    pub focus: Option<String>,
    /// Whether this was Continue.
    pub continues: bool,
}

/// Reads a step's form. `base` is the revision that it was rendered from.
pub fn submit(base: &Draft, page: Page, pairs: &[(String, String)]) -> Submitted {
    let mut draft = questions::apply_post(base, pairs);
    let op = pairs.iter().rev().find(|(n, _)| n == "op").map_or("", |(_, v)| v.as_str());
    let count = |d: &Draft| taskdef::document::view::containers(d.definition()).len();
    let apply = |draft: &mut Draft, edit: &Edit| {
        // An edit is made for this very document, so it fits; one that does not changes nothing.
        let _ = edit.apply(draft.root_mut());
    };
    if let Some(rest) = op.strip_prefix("fix:") {
        let mut parts = rest.splitn(3, ':');
        let (rule, index, place) = (parts.next(), parts.next().and_then(|i| i.parse::<usize>().ok()), parts.next());
        let found = findings(Lang::En, &draft);
        let finding = found.iter().find(|f| Some(f.rule.as_str()) == rule && Some(f.place.as_str()) == place);
        if let Some((fix, control)) = finding.and_then(|f| Some((f.fixes.get(index?)?, &f.control))) {
            if let Some(edit) = Edit::parse(&fix.edit) {
                apply(&mut draft, &edit);
            }
            return Submitted { draft, page: Some(page), focus: Some(control.clone()), continues: false };
        }
        return Submitted { draft, page: Some(page), focus: None, continues: false };
    }
    if let Some(id) = op.strip_prefix("doctor:") {
        if let Some(edit) = diagnose::cure(id, &draft) {
            apply(&mut draft, &edit);
        }
        return Submitted { draft, page: Some(page), focus: None, continues: false };
    }
    let row = match op {
        "" | "exit" => None,
        _ => match op.strip_prefix("dotenv:") {
            Some(place) => questions::dotenv(&draft, place, pairs.iter().find(|(n, _)| n == "dotenv").map_or("", |(_, v)| v)),
            None => questions::row(&draft, op),
        },
    };
    if let Some(row) = row {
        apply(&mut draft, &row.edit);
        let index = pointer::tokens(&row.focus).get(1).and_then(|t| pointer::index(t));
        let opens = op.starts_with("duplicate:") || op == "add:/containerDefinitions";
        let page = match (page, index) {
            (_, Some(i)) if opens => Page::Container(i),
            (Page::Container(_), _) if op.starts_with("remove:") && op.matches('/').count() == 2 => Page::Step(taskdef::Step::Containers),
            _ => page,
        };
        return Submitted { draft, page: Some(page), focus: Some(row.focus), continues: false };
    }
    match op {
        "exit" => Submitted { draft, page: None, focus: None, continues: false },
        "" => {
            let tried = draft.mark_tried(page.step(), page.container());
            apply(&mut draft, &tried);
            let next = page.next(count(&draft));
            Submitted { draft, page: Some(next), focus: None, continues: true }
        }
        _ => Submitted { draft, page: Some(page), focus: None, continues: false },
    }
}
