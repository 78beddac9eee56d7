//! Private repositories of Amazon ECR: which images are in one, which permissions reading them needs, and the sign-in.
//!
//! A sign-in lasts for twelve hours and opens all that its principal may read, so it is held for one look, goes to the registry's
//! own host only, and what it opens is kept in the person's draft and nowhere else.

use super::images;
use registry::Ecr;
use serde_json::Value;
use taskdef::{deploy::policy, grammar::image};

/// The images of a definition that are in a private repository, each with its registry.
pub fn private(definition: &Value) -> Vec<(String, Ecr)> {
    images(definition).into_iter().filter_map(|image| Ecr::of(&image).map(|registry| (image, registry))).collect()
}

/// The smallest IAM policy that opens these repositories, as JSON.
pub fn policy(images: &[(String, Ecr)]) -> String {
    let mut arns: Vec<String> = images.iter().filter_map(|(image, registry)| arn(image, registry)).collect();
    arns.sort_unstable();
    arns.dedup();
    serde_json::to_string_pretty(&policy::read_images(&arns)).unwrap_or_default()
}

fn arn(reference: &str, registry: &Ecr) -> Option<String> {
    let path = image::parse(reference).ok()?.path;
    let region = registry.region();
    let partition = match region.split('-').next() {
        Some("cn") => "aws-cn",
        Some("us") if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    };
    Some(format!("arn:{partition}:ecr:{region}:{}:repository/{path}", registry.account()))
}

#[cfg(feature = "aws")]
pub use signed_in::{SignIns, local, look};

#[cfg(feature = "aws")]
mod signed_in {
    use super::Ecr;
    use crate::inspect::{Inspector, Running};
    use aws::{Account, AwsEndpoint, EcrSignIn, Sign, ecr_sign_in};
    use registry::{Depth, EcrAccess};
    use std::{sync::Arc, time::Duration};
    use taskdef::{deploy::Problem, facts::Platform};

    /// For one answer of AWS to a command.
    const PATIENCE: Duration = Duration::from_secs(10);

    /// An account's sign-ins, one a Region, for one look.
    pub struct SignIns {
        account: Account,
        held: Vec<(String, EcrSignIn)>,
    }

    impl SignIns {
        /// With an account's keys; no sign-in is asked for yet.
        pub fn of(account: Account) -> SignIns {
            SignIns { account, held: Vec::new() }
        }

        /// The sign-in to a registry.
        ///
        /// # Errors
        /// Why AWS gives none.
        pub async fn access(&mut self, registry: &Ecr) -> Result<EcrAccess, Problem> {
            if !self.held.iter().any(|(region, _)| region == registry.region()) {
                let sign_in = ecr_sign_in(&self.account, registry.region(), registry.ending()).await?;
                self.held.push((registry.region().to_owned(), sign_in));
            }
            let held = self.held.iter().find(|(region, _)| region == registry.region());
            let Some((_, sign_in)) = held else { return Err(Problem::new(taskdef::deploy::Kind::Other)) };
            Ok(EcrAccess { registry: registry.clone(), header: sign_in.header.clone(), emulator: sign_in.emulator.clone() })
        }
    }

    /// The sign-ins of this computer, for a command.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn local(region: &str) -> Result<SignIns, Problem> {
        let endpoint = AwsEndpoint { url: None, patience: PATIENCE };
        Ok(SignIns::of(Account::enter(&endpoint, Sign::Local, region).await?))
    }

    /// Looks into private images, one after another, until AWS refuses to sign in.
    pub async fn look(
        inspector: &Inspector,
        account: Result<Account, Problem>,
        images: &[(String, Ecr)],
        platform: &Platform,
        depth: Depth,
        client: Option<String>,
        look: &Arc<Running>,
    ) {
        let mut sign_ins = match account {
            Ok(account) => SignIns::of(account),
            Err(problem) => return look.fails(problem),
        };
        for (image, registry) in images {
            look.asks(image);
            let access = match sign_ins.access(registry).await {
                Ok(access) => access,
                Err(problem) => return look.fails(problem),
            };
            if let Some(answer) = inspector.look_signed_in(client.as_deref(), &access, image, platform, depth, &look.progress).await {
                look.adds(image.clone(), answer);
            }
        }
    }
}
