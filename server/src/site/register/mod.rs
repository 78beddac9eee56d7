//! All ways to register a draft on AWS.

mod from_here;
mod get;
#[cfg(feature = "aws")]
mod keys;
#[cfg(feature = "aws")]
mod lookup;
mod page;
pub mod parts;
mod post;
mod stored;
mod view;

pub use from_here::FromHere;
pub use get::get;
#[cfg(feature = "aws")]
pub use keys::sign;
pub use parts::Refused;
pub use post::post;
pub use stored::operations;
