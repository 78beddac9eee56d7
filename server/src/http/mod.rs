//! What every request and every answer passes through.
//!
//! | file | what |
//! |---|---|
//! | `address.rs` | refuses request targets that no page has, before anything reads them |
//! | `headers.rs` | the headers that keep an answer private and a page contained |
//! | `own_host.rs` | keeps cookies and the way to AWS at a host name that only the owner knows |
//! | `same_origin.rs` | refuses changes that another site's page asks for |

pub mod address;
pub mod headers;
pub mod own_host;
pub mod same_origin;
