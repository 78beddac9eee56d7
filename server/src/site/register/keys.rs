//! Whose keys are used: this server's way decides, never the request.

use super::Refused;
use crate::{
    http::form::Form,
    register::{AwsAccess, Registrar},
};
use axum::http::HeaderMap;

/// The sign-in of this computer, or the keys of the form.
///
/// # Errors
/// What is wrong with the keys.
pub fn sign(registrar: &Registrar, visitor: &HeaderMap, form: &Form) -> Result<aws::Sign, Refused> {
    if matches!(registrar.access(visitor), AwsAccess::Local { .. }) {
        return Ok(aws::Sign::Local);
    }
    let [id, secret, token, lines] = ["key-id", "key-secret", "key-token", "key-lines"].map(|name| form.field(name));
    aws::Keys::read(id, secret, token, lines).map(aws::Sign::Keys).map_err(|refusal| match refusal {
        aws::Refusal::NoId => Refused::NoId,
        aws::Refusal::NotAnId => Refused::NotAnId,
        aws::Refusal::LongLived => Refused::LongLived,
        aws::Refusal::NoSecret => Refused::NoSecret,
        aws::Refusal::NoToken => Refused::NoToken,
    })
}
