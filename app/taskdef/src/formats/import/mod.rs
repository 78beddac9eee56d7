//! Texts that become a definition. Every import reports what it dropped and changes nothing else.
//!
//! A text is read once: [`read`] gives the definition, what was left out of it, and where in the text its places stand.
//!
//! | file | what |
//! |---|---|
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

mod document;
mod json;
mod not_json;
mod places;

pub use document::{Document, STRICT};
pub use json::{Imported, READ_ONLY, from_json, from_value, read};
pub use not_json::{Hint, NotJson};
pub use places::{LineColumn, Places};
