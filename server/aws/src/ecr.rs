//! The sign-in of Amazon ECR's private registries.
//!
//! It is one call without parameters, so it is signed and sent by the crates under the SDK, which are there already: ECR's own SDK
//! crate would add the code of its whole API to every build.

use crate::{Account, failure};
use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::{
    client::{
        behavior_version::BehaviorVersion,
        identity::Identity,
        orchestrator::{HttpRequest, HttpResponse, OrchestratorError},
    },
    http::Headers,
};
use aws_smithy_types::{body::SdkBody, error::ErrorMetadata};
use serde_json::Value;
use std::{fmt, time::SystemTime};
use taskdef::deploy::{Kind, Problem};
use zeroize::Zeroizing;

const CALL: &str = "ecr:GetAuthorizationToken";
/// Source: Amazon ECR's model, `AmazonEC2ContainerRegistry_V20150921`.
const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
const KIND: &str = "application/x-amz-json-1.1";
const BODY: &str = "{}";
/// Bytes of a token; AWS's have two to three thousand.
const LARGEST: usize = 16 * 1024;

/// What signs in to the registries that a principal may read. It lasts for twelve hours, so it is held for one look only.
pub struct EcrSignIn {
    /// Value of the header `Authorization`.
    pub header: Zeroizing<String>,
    /// Where the registry is, in place of ECR's own address. Only an emulator's word is taken for it.
    pub emulator: Option<String>,
}

impl fmt::Debug for EcrSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EcrSignIn")
    }
}

/// Asks a Region for the sign-in to its registries. `ending` is the domain of the Region's partition, such as `amazonaws.com`.
///
/// # Errors
/// What was in the way; AWS's words have nothing of the keys.
pub async fn ecr_sign_in(account: &Account, region: &str, ending: &str) -> Result<EcrSignIn, Problem> {
    let emulated = account.config.endpoint_url();
    let url = emulated.map_or_else(|| format!("https://api.ecr.{region}.{ending}"), str::to_owned);
    let broken = |_| Problem { call: CALL.to_owned(), ..Problem::new(Kind::Other) };
    let request = request(account, region, &url).await.ok_or(()).map_err(broken)?;
    let Some(client) = account.config.http_client() else { return Err(broken(())) };
    let mut operation = Operation::builder()
        .service_name("ecr")
        .operation_name("GetAuthorizationToken")
        .behavior_version(BehaviorVersion::latest())
        .http_client(client)
        .endpoint_url(&url)
        .no_auth()
        .no_retry();
    if let Some(timeouts) = account.config.timeout_config() {
        operation = operation.timeout_config(timeouts.clone());
    }
    if let Some(sleep) = account.config.sleep_impl() {
        operation = operation.sleep_impl(sleep);
    }
    let operation = operation.serializer(|request: HttpRequest| Ok(request)).deserializer(read).build();
    let mut token = operation.invoke(request).await.map_err(|error| failure::problem_of_call(account, CALL, &error))?;
    token.emulator = token.emulator.filter(|_| emulated.is_some());
    Ok(token)
}

/// The signed request. `None` where a Region or an address has signs that no request can carry.
async fn request(account: &Account, region: &str, url: &str) -> Option<HttpRequest> {
    let identity: Identity = account.config.credentials_provider()?.provide_credentials().await.ok()?.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("ecr")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .ok()?
        .into();
    let headers = [("content-type", KIND), ("x-amz-target", TARGET)];
    let address = format!("{}/", url.trim_end_matches('/'));
    let signable = SignableRequest::new("POST", &address, headers.into_iter(), SignableBody::Bytes(BODY.as_bytes())).ok()?;
    let (signed, _) = sign(signable, &params).ok()?.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(BODY));
    request.set_method("POST").ok()?;
    request.set_uri("/").ok()?;
    let all: &mut Headers = request.headers_mut();
    for (name, value) in headers.into_iter().chain(signed.headers()) {
        all.try_insert(name.to_owned(), value.to_owned()).ok()?;
    }
    Some(request)
}

/// Reads the answer. Nothing of it goes into an error but AWS's code and words.
fn read(response: &HttpResponse) -> Result<EcrSignIn, OrchestratorError<ErrorMetadata>> {
    let json: Value = serde_json::from_slice(response.body().bytes().unwrap_or_default()).unwrap_or_default();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if !response.status().is_success() {
        let code = response.headers().get("x-amzn-errortype").map(str::to_owned).or_else(|| text(&json, "__type")).unwrap_or_default();
        let said = text(&json, "message").or_else(|| text(&json, "Message")).unwrap_or_default();
        return Err(OrchestratorError::operation(ErrorMetadata::builder().code(code).message(said).build()));
    }
    let first = json.pointer("/authorizationData/0").unwrap_or(&Value::Null);
    let token = text(first, "authorizationToken").map(Zeroizing::new).filter(|token| is_token(token));
    let Some(token) = token else { return Err(OrchestratorError::response("no token in the answer".into())) };
    Ok(EcrSignIn { header: Zeroizing::new(format!("Basic {}", token.as_str())), emulator: text(first, "proxyEndpoint") })
}

/// `user:password` in Base64.
fn is_token(token: &str) -> bool {
    (1..=LARGEST).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_'))
}
