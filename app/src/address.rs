//! The addresses of a draft.

use taskdef::{Lang, Step, questions::Question};

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// A step, or the list of containers.
    Step(Step),
    /// One container, counted from 0 here and from 1 in its address.
    Container(usize),
    /// The health check of one container.
    Health(usize),
}

impl Page {
    /// Reads the part after `/d/{token}/`. Leading zeros, signs and unknown words are no page.
    ///
    /// ```
    /// use app::address::Page;
    /// assert_eq!(Page::parse("containers/2"), Some(Page::Container(1)));
    /// assert_eq!(Page::parse("health"), Some(Page::Health(0)));
    /// assert_eq!(Page::parse("containers/0"), None);
    /// ```
    pub fn parse(rest: &str) -> Option<Page> {
        let rest = rest.trim_matches('/');
        match rest.split_once('/') {
            None => match Step::parse(rest)? {
                Step::Health => Some(Page::Health(0)),
                step => Some(Page::Step(step)),
            },
            Some(("containers", n)) => Some(Page::Container(number(n)?)),
            Some(("health", n)) => Some(Page::Health(number(n)?)),
            Some(_) => None,
        }
    }

    /// The part after `/d/{token}/`.
    pub fn path(self) -> String {
        match self {
            Page::Step(step) => step.slug().to_owned(),
            Page::Container(i) => format!("containers/{}", i + 1),
            Page::Health(0) => "health".to_owned(),
            Page::Health(i) => format!("health/{}", i + 1),
        }
    }

    /// The container that the page is about, on the step of containers.
    pub fn container(self) -> Option<usize> {
        match self {
            Page::Container(i) => Some(i),
            _ => None,
        }
    }

    /// The step that the page belongs to.
    pub fn step(self) -> Step {
        match self {
            Page::Step(step) => step,
            Page::Container(_) => Step::Containers,
            Page::Health(_) => Step::Health,
        }
    }

    /// Where Continue leads, for a draft with `containers` containers.
    pub fn next(self, containers: usize) -> Page {
        match self {
            Page::Container(_) => Page::Step(Step::Containers),
            Page::Health(i) if i + 1 < containers => Page::Health(i + 1),
            page => match page.step().next() {
                Some(Step::Health) => Page::Health(0),
                Some(step) => Page::Step(step),
                None => page,
            },
        }
    }

    /// The page that asks for a place, so that a link can lead to it.
    pub fn of_place(place: &str) -> Page {
        let tokens = taskdef::document::pointer::tokens(place);
        let index = tokens.get(1).and_then(|t| taskdef::document::pointer::index(t));
        match (Step::of_place(place), index) {
            (Step::Containers, Some(i)) => Page::Container(i),
            (Step::Health, Some(i)) => Page::Health(i),
            (step, _) => Page::Step(step),
        }
    }

    /// The page that asks a question.
    pub fn of_question(question: Question) -> Page {
        match (question.step(), question.container()) {
            (Step::Containers, Some(i)) => Page::Container(i),
            (Step::Health, Some(i)) => Page::Health(i),
            (step, _) => Page::Step(step),
        }
    }

    /// Whether a place is asked for on this page; the list of containers answers for all of them.
    pub fn shows(self, place: &str) -> bool {
        let page = Page::of_place(place);
        page == self || (self == Page::Step(Step::Containers) && matches!(page, Page::Container(_))) || self == Page::Step(Step::Review)
    }
}

fn number(text: &str) -> Option<usize> {
    taskdef::document::pointer::index(text)?.checked_sub(1).filter(|n| *n < 1000)
}

/// `/{lang}/d/{token}/{page}`.
pub fn of_page(lang: Lang, token: &str, page: Page) -> String {
    format!("/{}/d/{token}/{}", lang.as_str(), page.path())
}

/// The same page in the other language.
pub fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ko,
        Lang::Ko => Lang::En,
    }
}
