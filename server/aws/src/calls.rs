//! Every attempt of every call is written down before it goes out, so that what is shown is what was sent.

use aws_sdk_ecs::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef},
};
use aws_smithy_runtime_api::{box_error::BoxError, client::orchestrator::Metadata};
use std::sync::{Arc, Mutex, PoisonError};
use taskdef::deploy::Call;

/// What was sent, in its order, and the body of the last answer. Calls of one account are made one after another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(Arc<Mutex<Written>>);

#[derive(Debug, Default)]
struct Written {
    calls: Vec<Call>,
    answer: Vec<u8>,
}

impl Calls {
    fn with<T>(&self, work: impl FnOnce(&mut Written) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// All of them until now.
    pub(crate) fn all(&self) -> Vec<Call> {
        self.with(|w| w.calls.clone())
    }

    /// The body of the last answer: the SDK's types would leave out what they do not know.
    pub(crate) fn answer(&self) -> Vec<u8> {
        self.with(|w| std::mem::take(&mut w.answer))
    }
}

/// `ecs:CreateCluster`, as IAM names it.
fn name(metadata: &Metadata) -> String {
    let service = match metadata.service() {
        "CloudWatch Logs" => "logs".to_owned(),
        other => other.to_ascii_lowercase(),
    };
    format!("{service}:{}", metadata.name())
}

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "Calls"
    }

    fn read_before_transmit(&self, _: &BeforeTransmitInterceptorContextRef<'_>, _: &RuntimeComponents, bag: &mut ConfigBag) -> Result<(), BoxError> {
        let name = bag.load::<Metadata>().map(name).unwrap_or_default();
        self.with(|w| w.calls.push(Call { name, status: None }));
        Ok(())
    }

    fn read_after_attempt(&self, context: &FinalizerInterceptorContextRef<'_>, _: &RuntimeComponents, _: &mut ConfigBag) -> Result<(), BoxError> {
        if let Some(response) = context.response() {
            self.with(|w| {
                w.answer = response.body().bytes().unwrap_or_default().to_vec();
                if let Some(call) = w.calls.last_mut() {
                    call.status = Some(response.status().as_u16());
                }
            });
        }
        Ok(())
    }
}
