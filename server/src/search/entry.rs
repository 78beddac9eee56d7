//! What can be found, and where it leads.

use super::words::{parts, squashed, words};
use app::address::{self, Page};
use taskdef::{
    Draft, Lang, Step,
    document::{pointer::field_id, view},
    questions::{Action, Container, Control, Field, Health, List, Question, Size},
};

/// What an entry is; what is meant more often comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A question of a step.
    Setting,
    /// A field among the more settings of a step.
    Field,
    /// Something to do.
    Action,
    /// A page.
    Page,
    /// A word of the glossary.
    Term,
    /// An error that AWS says.
    Error,
    /// A rule.
    Rule,
}

/// Where an entry leads.
#[derive(Clone, Debug)]
pub enum Target {
    /// A question of the whole task.
    Question(Question),
    /// CPU or memory of the task, however it is asked.
    TaskSize(Size),
    /// A question of each container.
    OfContainer(Container),
    /// A question of each health check.
    OfHealth(Health),
    /// A list of each container, by the key of its rows.
    Rows(fn(usize) -> List),
    /// A field or a group of fields, by its index.
    Field(usize),
    /// A page of the wizard, and an element on it.
    Wizard(Page, &'static str),
    /// Each container's page: its settings or its health check.
    Each(fn(usize) -> Page),
    /// What a button does.
    Press(Action),
    /// A page of the draft: what follows `/d/{token}/`.
    Draft(&'static str),
    /// A page of the site: what follows the language.
    Site(String),
}

/// Something to be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name in tests, and where it came from: `setting:/region`.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its name in each language, in the order of [`Lang::ALL`].
    pub titles: [String; 2],
    /// One sentence about it, in the same order. May be empty.
    pub notes: [String; 2],
    /// Its key in the JSON, or the id of a rule. May be empty.
    pub code: String,
    /// Where it leads.
    pub to: Target,
    /// Where a page without a draft tells of it.
    pub told: String,
    pub(super) text: Text,
}

/// An entry's words as they are compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// Of titles, keys and other names.
    pub strong: Vec<String>,
    /// Of sentences.
    pub weak: Vec<String>,
    /// Whole titles, keys and names, as one word each.
    pub whole: Vec<String>,
}

impl Entry {
    /// An entry with its titles; `also` are other names for it, split by commas.
    pub(super) fn new(kind: Kind, id: String, title: impl Fn(Lang) -> String, note: impl Fn(Lang) -> String, code: &str, also: &str, to: Target) -> Entry {
        let (titles, notes) = (Lang::ALL.map(title), Lang::ALL.map(note));
        let mut text = Text::default();
        let keys = code.split(", ").filter_map(|key| key.rsplit(['.', '/', ']']).next());
        for name in titles.iter().map(String::as_str).chain(keys.clone()).chain(also.split(',')).filter(|name| !name.trim().is_empty()) {
            text.strong.extend(words(name));
            text.whole.push(squashed(name));
        }
        text.strong.extend(keys.flat_map(parts));
        text.strong.sort_unstable();
        text.strong.dedup();
        text.weak = notes.iter().flat_map(|note| words(note)).collect();
        text.weak.sort_unstable();
        text.weak.dedup();
        let key: String = code.rsplit(['.', '/', ']', ' ']).next().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
        let told = format!("rules?q={key}");
        Entry { id, kind, titles, notes, code: code.to_owned(), to, told, text }
    }

    /// The page without a draft that tells of it.
    pub(super) fn told(mut self, told: impl Into<String>) -> Entry {
        self.told = told.into();
        self
    }

    /// Its name.
    pub fn title(&self, lang: Lang) -> &str {
        &self.titles[of(lang)]
    }

    /// The sentence about it.
    pub fn note(&self, lang: Lang) -> &str {
        &self.notes[of(lang)]
    }

    /// The addresses in a draft, each with the container that it is about. What each container has leads to the list of containers
    /// where there is none yet.
    pub fn links(&self, lang: Lang, token: &str, draft: &Draft) -> Vec<(Option<usize>, String)> {
        let page = |page: Page, id: &str| {
            let at = address::of_page(lang, token, page);
            if id.is_empty() { at } else { format!("{at}#{id}") }
        };
        let question = |q: Question| page(Page::of_question(q), &Control::from(q).id());
        let each = |to: &dyn Fn(usize) -> String| {
            let count = view::containers(draft.definition()).len().min(MOST_CONTAINERS);
            let all: Vec<_> = (0..count).map(|i| (Some(i), to(i))).collect();
            if all.is_empty() { vec![(None, page(Page::Step(Step::Containers), ""))] } else { all }
        };
        match &self.to {
            Target::Question(q) => vec![(None, question(*q))],
            Target::TaskSize(size) => vec![(None, question(if Size::is_free(draft) { *size } else { Size::Pair }.into()))],
            Target::OfContainer(q) => each(&|i| question(Question::Container(i, *q))),
            Target::OfHealth(q) => each(&|i| question(Question::Health(i, *q))),
            Target::Rows(list) => each(&|i| rows(&page, list(i))),
            Target::Field(index) => field(draft, *index, &each, &page),
            Target::Wizard(to, id) => vec![(None, page(*to, id))],
            Target::Each(to) => each(&|i| page(to(i), "")),
            // Its button posts to the review.
            Target::Press(_) => vec![(None, page(Page::Step(Step::Review), ""))],
            Target::Draft(path) => vec![(None, format!("/{}/d/{token}/{path}", lang.as_str()))],
            Target::Site(path) => vec![(None, of_site(lang, path))],
        }
    }

    /// Whether the wizard opens it by itself; any other page is loaded.
    pub fn in_wizard(&self) -> bool {
        !matches!(self.to, Target::Draft(_) | Target::Site(_))
    }
}

/// A page of the site, by what follows the language.
pub fn of_site(lang: Lang, path: &str) -> String {
    let sign = if path.is_empty() || path.starts_with('#') { "" } else { "/" };
    format!("/{}{sign}{path}", lang.as_str())
}

/// Containers that one entry leads to.
const MOST_CONTAINERS: usize = 10;

type OfPage<'a> = &'a dyn Fn(Page, &str) -> String;

/// From the address in one container to the addresses in all of them, each with the container's index.
type Every<'a> = dyn Fn(&dyn Fn(usize) -> String) -> Vec<(Option<usize>, String)> + 'a;

fn rows(page: OfPage<'_>, list: List) -> String {
    let at = match list {
        List::PortMappings(_) => Page::Step(Step::Ports),
        List::DependsOn(i) => Page::Health(i),
        List::Environment(i) | List::Secrets(i) => Page::Container(i),
        List::Containers | List::Field(_) => Page::Step(Step::Containers),
    };
    page(at, &Control::Add(list).id())
}

fn field(draft: &Draft, index: usize, each: &Every<'_>, page: OfPage<'_>) -> Vec<(Option<usize>, String)> {
    let shown = |at: &[usize]| {
        let of = nearest(draft, index, at);
        page(Page::of_question(Question::Field(Field::new(index, at))), &of)
    };
    if taskdef::questions::fields::specs()[index].of_container() { each(&|i| shown(&[i])) } else { vec![(None, shown(&[]))] }
}

/// The element of a field; a member of a row leads to the first row, or to the list while it has none.
fn nearest(draft: &Draft, index: usize, at: &[usize]) -> String {
    use taskdef::questions::fields::{Kind, specs};
    let spec = &specs()[index];
    if spec.kind == Kind::Group {
        return format!("g-{}{}", spec.path.replace('#', "-"), at.iter().map(|c| format!("-{c}")).collect::<String>());
    }
    let own = spec.path.strip_prefix("containerDefinitions[].").unwrap_or(&spec.path);
    let list = own.split_once("[]").and_then(|(list, _)| {
        let whole = format!("{}{list}", &spec.path[..spec.path.len() - own.len()]);
        specs().iter().position(|s| s.path == whole && s.kind != Kind::Group)
    });
    let Some(list) = list else { return field_id(&Field::new(index, at).to_string()) };
    let (list, member) = (Field::new(list, at), Field::new(index, &[at, &[0]].concat()));
    field_id(&if list.rows(draft) == 0 { list } else { member }.to_string())
}

fn of(lang: Lang) -> usize {
    Lang::ALL.iter().position(|l| *l == lang).unwrap_or(0)
}
