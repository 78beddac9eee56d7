//! What every request and every answer passes through.
//!
//! | file | what |
//! |---|---|
//! | `extract.rs` `form.rs` | what handlers ask for: language, draft, form, browser |
//! | `page.rs` `error.rs` `location.rs` | what handlers return: a page, why there is none, or where to go |
//! | `render.rs` `document.rs` `frame.rs` `problem.rs` | how pages and errors become HTML, with the content security policy |
//! | `cookies.rs` `language.rs` `transport.rs` | what a browser keeps; its language; TLS and origin |
//! | `guards.rs` `address.rs` `same_origin.rs` `own_host.rs` | what stops a request: odd targets, other sites, other names, too many |
//! | `refuse.rs` | answers to a request that no handler sees |
//! | `headers.rs` `request_id.rs` | headers and the id of every answer |

pub mod address;
pub mod cookies;
mod document;
pub mod error;
pub mod extract;
pub mod form;
pub mod frame;
pub mod guards;
pub mod headers;
pub mod language;
pub mod location;
pub mod own_host;
pub mod page;
mod problem;
pub mod refuse;
pub mod render;
pub mod request_id;
pub mod same_origin;
pub mod transport;
