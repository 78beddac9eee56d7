//! Where redirects lead. A `Location` is made of typed parts alone, so no text of a request becomes an address.

use super::address;
use app::address::Page;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use drafts::Token;
use std::fmt;
use taskdef::Lang;

/// An address of this site: `303 See Other` as an answer, the path as a text.
#[derive(Clone)]
pub struct Location(String);

/// A page around a draft that is no step of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Links, name and life.
    Share,
    /// All ways to register.
    Register,
    /// The definition as JSON.
    Json,
    /// What became of the parts of its origin.
    Import,
    /// What is known of its images.
    Inspect,
}

impl Around {
    /// The part after `/d/{token}/`.
    pub fn path(self) -> &'static str {
        match self {
            Around::Share => "share",
            Around::Register => "register",
            Around::Json => "json",
            Around::Import => "import",
            Around::Inspect => "inspect",
        }
    }
}

impl Location {
    /// `/`
    pub fn root() -> Location {
        Location("/".into())
    }

    /// `/{lang}`
    pub fn home(lang: Lang) -> Location {
        Location(format!("/{}", lang.as_str()))
    }

    /// `/{lang}/d/{token}`
    pub fn draft(lang: Lang, token: &Token) -> Location {
        Location(format!("/{}/d/{}", lang.as_str(), token.to_text()))
    }

    /// `/{lang}/d/{token}/{page}`
    pub fn step(lang: Lang, token: &Token, page: Page) -> Location {
        Location(app::address::of_page(lang, &token.to_text(), page))
    }

    /// The same, where the page lists what has to be corrected first.
    pub fn checked(lang: Lang, token: &Token, page: Page) -> Location {
        Location(format!("{}?check", Location::step(lang, token, page)))
    }

    /// The same, where the page says what was just undone or done again.
    pub fn told(lang: Lang, token: &Token, page: Page) -> Location {
        Location(format!("{}?told", Location::step(lang, token, page)))
    }

    /// The same, at the element that has this id. The fragment has only letters, digits, `_` and `-`.
    pub fn element(lang: Lang, token: &Token, page: Page, id: &str) -> Location {
        let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
        Location(format!("{}#{id}", Location::step(lang, token, page)))
    }

    /// `/{lang}/d/{token}/{share|register|json|import}`
    pub fn around(lang: Lang, token: &Token, around: Around) -> Location {
        Location(format!("/{}/d/{}/{}", lang.as_str(), token.to_text(), around.path()))
    }

    /// `/{lang}/d/{token}/review/register/{operation}`
    #[cfg(any(feature = "aws", test))]
    pub fn operation(lang: Lang, token: &Token, operation: OperationId) -> Location {
        Location(format!("/{}/d/{}/review/register/{operation}", lang.as_str(), token.to_text()))
    }

    /// `/{lang}/s/{token}`
    pub fn shared(lang: Lang, view: &Token) -> Location {
        Location(format!("/{}/s/{}", lang.as_str(), view.to_text()))
    }

    /// The page that a form says it stands on; `None` where the text is no address of this site.
    pub fn back(text: &str) -> Option<Location> {
        address::is_own(text).then(|| Location(text.to_owned()))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl IntoResponse for Location {
    fn into_response(self) -> Response {
        match HeaderValue::from_str(&self.0) {
            Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            // No part of an address holds what a header cannot.
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// The number of a registration: 16 lower-case hexadecimal digits in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationId(pub i64);

impl OperationId {
    /// Reads it as an address has it; any other spelling is none.
    pub fn parse(text: &str) -> Option<OperationId> {
        let id = OperationId(i64::from_str_radix(text, 16).ok()?);
        (id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use taskdef::Step;

    #[test]
    fn every_address_is_one_of_this_site() {
        let token = Token::random().unwrap();
        let mut seen = 0;
        for lang in Lang::ALL {
            let all = [
                Location::root(),
                Location::home(lang),
                Location::draft(lang, &token),
                Location::step(lang, &token, Page::Container(3)),
                Location::checked(lang, &token, Page::Step(Step::Size)),
                Location::told(lang, &token, Page::Health(1)),
                Location::around(lang, &token, Around::Json),
                Location::around(lang, &token, Around::Share),
                Location::around(lang, &token, Around::Register),
                Location::around(lang, &token, Around::Import),
                Location::operation(lang, &token, OperationId(77)),
                Location::shared(lang, &token),
            ];
            for location in all {
                assert!(address::is_own(&location.0), "{location}");
                assert_eq!(location.clone().into_response().headers()[header::LOCATION], location.0);
                seen += 1;
            }
        }
        assert_eq!(seen, 24);
    }

    #[test]
    fn an_id_cannot_leave_its_fragment() {
        let token = Token::random().unwrap();
        for id in ["/a\r\nset-cookie: x=y", "//evil.example", "/한글", "?x#y z", ""] {
            let location = Location::element(Lang::En, &token, Page::Step(Step::Size), id);
            let (path, fragment) = location.0.split_once('#').unwrap();
            assert_eq!(path, Location::step(Lang::En, &token, Page::Step(Step::Size)).0);
            assert!(fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{fragment}");
            assert_eq!(location.into_response().status(), StatusCode::SEE_OTHER);
        }
    }

    #[test]
    fn only_an_address_of_this_site_leads_back() {
        assert_eq!(Location::back("/ko/rules?q=port").map(|l| l.0).as_deref(), Some("/ko/rules?q=port"));
        for other in ["", "//evil.example", "/\\evil.example", "https://evil.example/", "/ko\r\nset-cookie: a=b"] {
            assert!(Location::back(other).is_none(), "{other}");
        }
    }

    #[test]
    fn an_operation_has_one_spelling() {
        assert_eq!(OperationId::parse("000000000000004d"), Some(OperationId(77)));
        for other in ["4d", "000000000000004D", "+00000000000004d", "-00000000000004d", "", "x", "ffffffffffffffff"] {
            assert_eq!(OperationId::parse(other), None, "{other}");
        }
    }
}
