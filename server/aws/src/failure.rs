//! What the SDK's errors mean: an answer of AWS, no connection, or no answer.

use crate::Account;
use aws_sdk_ecs::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::{error::Error, io};
use taskdef::deploy::{Kind, Plan, Problem};

/// What a failed call of a plan means.
pub(crate) fn problem<E>(account: &Account, plan: &Plan, call: &str, error: &SdkError<E, HttpResponse>) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    failed(account, call, error, |status, code, said| Problem::of_answer(call, status, code, said, plan))
}

/// What a failed call means that belongs to no plan.
pub(crate) fn problem_of_call<E>(account: &Account, call: &str, error: &SdkError<E, HttpResponse>) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    failed(account, call, error, |status, code, said| Problem::of_call(call, status, code, said))
}

fn failed<E>(account: &Account, call: &str, error: &SdkError<E, HttpResponse>, answered: impl FnOnce(u16, &str, &str) -> Problem) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let of = |kind| Problem { call: call.to_owned(), ..Problem::new(kind) };
    match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let said = account.without_secrets(answer.err().message().unwrap_or_default());
            answered(status, answer.err().code().unwrap_or_default(), &said)
        }
        SdkError::DispatchFailure(failure) if failure.as_connector_error().is_some_and(|e| never_connected(e)) => of(Kind::Unreachable),
        SdkError::ConstructionFailure(_) => Problem { said: account.without_secrets(&last(error)), ..of(Kind::Other) },
        // An answer that could not be read, a cut connection, silence: the call may have worked.
        _ => of(Kind::NoAnswer),
    }
}

/// The code of AWS's answer; empty where there is none.
pub(crate) fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> &str {
    match error {
        SdkError::ServiceError(answer) => answer.err().code().unwrap_or_default(),
        _ => "",
    }
}

/// Whether it failed before anything could be sent: no such host, nobody listens, no network.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkUnreachable};
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if kind.is_some_and(|k| matches!(k, AddrNotAvailable | ConnectionRefused | HostUnreachable | NetworkUnreachable))
            || error.to_string().contains("dns error")
        {
            return true;
        }
        next = error.source();
    }
    false
}

fn last(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
