//! An account, entered with one pair of keys for one lookup or one run. Its connections are its own: nothing of the keys
//! stays in a pool that others use.

use crate::{Keys, calls::Calls};
use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials, SharedCredentialsProvider, error::CredentialsError},
};
use aws_smithy_http_client::{Builder, tls};
use std::time::Duration;
use taskdef::deploy::{Call, Kind, Problem};
use zeroize::Zeroizing;

/// How AWS is reached.
#[derive(Clone, Debug)]
pub struct AwsEndpoint {
    /// Another address than AWS's own, for tests and emulators.
    pub url: Option<String>,
    /// Longest wait for one answer.
    pub patience: Duration,
}

/// Whose keys are used. Never one instead of the other.
pub enum Sign {
    /// Those that the SDK finds on this computer: environment, profile, SSO, sign-in, instance.
    Local,
    /// Those that a person pasted.
    Keys(Keys),
}

/// How often a call that may be repeated is sent at most.
const TRIES: u32 = 3;

/// An account that was entered.
pub struct Account {
    pub(crate) config: SdkConfig,
    calls: Calls,
    secrets: Vec<Zeroizing<String>>,
    pub(crate) patience: Duration,
}

impl Account {
    /// Finds the keys; calls AWS only where the keys themselves have to be fetched (SSO, roles).
    ///
    /// # Errors
    /// `NoKeys`, with what the SDK said of its search.
    pub async fn enter(endpoint: &AwsEndpoint, sign: Sign, region: &str) -> Result<Account, Problem> {
        let client = Builder::new().tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring)).build_https();
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(endpoint.patience).build();
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .http_client(client)
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(TRIES));
        if let Sign::Keys(keys) = &sign {
            let credentials = Credentials::new(keys.id.as_str(), keys.secret.as_str(), Some(keys.token.as_str().to_owned()), None, "pasted");
            loader = loader.credentials_provider(credentials);
        }
        if let Some(endpoint) = &endpoint.url {
            loader = loader.endpoint_url(endpoint);
        }
        let config = loader.load().await;
        let credentials = found(&config, endpoint.patience).await?;
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        let mut secrets = vec![secret(credentials.access_key_id()), secret(credentials.secret_access_key())];
        secrets.extend(credentials.session_token().map(secret));
        // The same keys for every call that follows, whatever a profile would say a minute later.
        let config = config.to_builder().credentials_provider(SharedCredentialsProvider::new(credentials)).build();
        Ok(Account { config, calls: Calls::default(), secrets, patience: endpoint.patience })
    }

    /// Every attempt of every call until now.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.all()
    }

    /// The body of the last answer.
    pub(crate) fn answer(&self) -> Vec<u8> {
        self.calls.answer()
    }

    /// AWS's words without anything of the keys: a signature that does not match is answered with all that was signed.
    pub(crate) fn without_secrets(&self, said: &str) -> String {
        const LONGEST: usize = 2_000;
        let clean = self.secrets.iter().filter(|s| s.len() > 3).fold(said.to_owned(), |said, secret| said.replace(secret.as_str(), "•••"));
        clean.chars().take(LONGEST).collect()
    }

    fn of_region(&self, region: Option<&str>) -> SdkConfig {
        match region {
            Some(region) => self.config.to_builder().region(Region::new(region.to_owned())).build(),
            None => self.config.clone(),
        }
    }

    pub(crate) fn ecs(&self) -> aws_sdk_ecs::Client {
        let config = aws_sdk_ecs::config::Builder::from(&self.config).interceptor(self.calls.clone()).build();
        aws_sdk_ecs::Client::from_conf(config)
    }

    pub(crate) fn iam(&self) -> aws_sdk_iam::Client {
        let config = aws_sdk_iam::config::Builder::from(&self.config).interceptor(self.calls.clone()).build();
        aws_sdk_iam::Client::from_conf(config)
    }

    pub(crate) fn logs(&self, region: Option<&str>) -> aws_sdk_cloudwatchlogs::Client {
        let config = aws_sdk_cloudwatchlogs::config::Builder::from(&self.of_region(region)).interceptor(self.calls.clone()).build();
        aws_sdk_cloudwatchlogs::Client::from_conf(config)
    }

    pub(crate) fn sts(&self, region: Option<&str>) -> aws_sdk_sts::Client {
        let config = aws_sdk_sts::config::Builder::from(&self.of_region(region)).interceptor(self.calls.clone()).build();
        aws_sdk_sts::Client::from_conf(config)
    }
}

/// The keys that the configuration leads to.
async fn found(config: &SdkConfig, patience: Duration) -> Result<Credentials, Problem> {
    let none = |said: String| Problem { said, ..Problem::new(Kind::NoKeys) };
    let Some(provider) = config.credentials_provider() else { return Err(none(String::new())) };
    match tokio::time::timeout(patience, provider.provide_credentials()).await {
        Ok(Ok(credentials)) => Ok(credentials),
        Ok(Err(error)) => Err(none(search(&error))),
        Err(_) => Err(none(String::new())),
    }
}

/// What the search said, in its last and most exact words. They name files and profiles, no keys.
fn search(error: &CredentialsError) -> String {
    if matches!(error, CredentialsError::CredentialsNotLoaded(_)) {
        return String::new();
    }
    let mut last: &dyn std::error::Error = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
