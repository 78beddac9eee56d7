//! Texts that become a definition. Every import reports what became of each part of the text.
//!
//! [`import`] reads any format; [`read`] reads a task definition as JSON, which is returned as it stands.
//!
//! | file | what |
//! |---|---|
//! | `source.rs` `recognise.rs` | what is handed in, and which format it has |
//! | `convert.rs` `made.rs` `refusal.rs` | the one way in; what comes out; why nothing does |
//! | `along.rs` | another format's keys along the API's fields |
//! | `tree/` | YAML and hand-written JSON as one tree with places |
//! | `expressions.rs` `comments.rs` | what an export to the same format writes again |
//! | `amounts.rs` `dotenv.rs` | sizes and times; files of variables |
//! | `marks.rs` | marks of templates in JSON |
//! | `kept.rs` `stored.rs` | what a draft keeps of its import, and where its places come from; the member that stores it |
//! | `guard.rs` | no credential enters a draft without a question |
//! | `compose/` `docker/` `cloudformation/` `terraform/` `cli.rs` `copilot.rs` `ecspresso.rs` `definition.rs` | one format each |
//! | `json.rs` | a task definition as JSON, wrapped or not |
//! | `document.rs` | a text of JSON as a document with its duplicate keys |
//! | `places.rs` | line and column of a place |
//! | `not_json.rs` | why a text is not JSON, and where |
//!
//! ```
//! use taskdef::formats::import;
//! let text = "{\"taskDefinition\": {\n  \"family\": \"web\", \"revision\": 3}}";
//! let (imported, places) = import::read(text).unwrap();
//! assert_eq!(imported.definition.to_string(), r#"{"family":"web"}"#);
//! assert_eq!(imported.dropped, ["/revision"]);
//! assert_eq!(places.of(["/family"]), [(2, 3)]);
//! ```

mod along;
pub mod amounts;
mod cli;
mod cloudformation;
mod comments;
mod compose;
mod convert;
mod copilot;
mod definition;
mod docker;
mod document;
pub mod dotenv;
mod ecspresso;
mod expressions;
mod guard;
mod json;
mod kept;
mod made;
mod marks;
mod not_json;
mod places;
mod recognise;
mod refusal;
mod source;
mod stored;
mod terraform;
pub mod tree;

pub(in crate::formats) use cloudformation::referenced;
pub use comments::Comment;
pub use compose::{Words, compose_words};
pub(in crate::formats) use convert::drafts;
pub use convert::import;
pub use document::{Document, STRICT};
pub(in crate::formats) use expressions::Kept as Language;
pub use expressions::{Expression, stable};
pub(in crate::formats) use guard::SECRETS;
pub use json::{Imported, READ_ONLY, from_json, from_value, read};
pub use kept::{Kept, Origin, Provenance};
pub use made::{Choice, Extra, Import, Made, Placeholder, Question, Service};
pub use not_json::{Hint, NotJson};
pub use places::{LineColumn, Places};
pub use recognise::{Recognised, recognise};
pub use refusal::Refusal;
pub use source::{Answers, Input, LARGEST, MOST_FILES, Source};
pub(in crate::formats) use stored::mark;
pub(in crate::formats) use terraform::references;
