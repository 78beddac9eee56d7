//! Looks of the commands. An image in a private repository of Amazon ECR is read with the AWS sign-in of this computer.

use crate::inspect::{Inspector, words};
use registry::{Depth, Error, Look};
use taskdef::{Lang, facts::Platform};
#[cfg(feature = "aws")]
use {
    crate::inspect::ecr,
    registry::{Ecr, Progress},
    taskdef::deploy::{Kind, Problem},
};

/// Why there is no answer about an image.
#[derive(Clone, Debug)]
pub enum Failed {
    /// The registry, or the way to it.
    Registry(Error),
    /// AWS did not sign in.
    #[cfg(feature = "aws")]
    SignIn(Problem),
}

impl Failed {
    /// What it is, and what to do.
    pub fn words(&self, lang: Lang) -> (String, String) {
        match self {
            Failed::Registry(error) => {
                let (what, how) = words::problem(lang, error);
                (what, how.to_owned())
            }
            #[cfg(feature = "aws")]
            Failed::SignIn(problem) => {
                let (what, _, how) = problem.kind.words(lang);
                (what, how)
            }
        }
    }

    /// Whether the image does not exist.
    pub fn is_missing(&self) -> bool {
        matches!(self, Failed::Registry(Error::NotFound { .. }))
    }

    /// Whether all that is missing is a sign-in or a permission.
    pub fn is_closed(&self) -> bool {
        match self {
            Failed::Registry(error) => matches!(error, Error::Ecr | Error::EcrDenied | Error::Private | Error::HostNotAllowed(_) | Error::Reference),
            #[cfg(feature = "aws")]
            Failed::SignIn(problem) => {
                matches!(problem.kind, Kind::NoKeys | Kind::Denied | Kind::Expired | Kind::UnknownKeys | Kind::OptIn)
            }
        }
    }
}

/// The looks of one command.
pub struct Looker<'a> {
    inspector: &'a Inspector,
    /// Asked for at the first private image.
    #[cfg(feature = "aws")]
    sign_ins: Option<Result<ecr::SignIns, Problem>>,
}

impl<'a> Looker<'a> {
    /// With nothing asked yet.
    pub fn new(inspector: &'a Inspector) -> Looker<'a> {
        Looker {
            inspector,
            #[cfg(feature = "aws")]
            sign_ins: None,
        }
    }

    /// Looks into an image; `None` where looks are off.
    pub async fn look(&mut self, image: &str, platform: &Platform, depth: Depth) -> Option<Result<Look, Failed>> {
        #[cfg(feature = "aws")]
        if let Some(registry) = Ecr::of(image) {
            return self.look_signed_in(&registry, image, platform, depth).await;
        }
        Some(self.inspector.look(image, platform, depth).await?.map_err(Failed::Registry))
    }

    #[cfg(feature = "aws")]
    async fn look_signed_in(&mut self, registry: &Ecr, image: &str, platform: &Platform, depth: Depth) -> Option<Result<Look, Failed>> {
        if self.sign_ins.is_none() {
            self.sign_ins = Some(ecr::local(registry.region()).await);
        }
        let access = match self.sign_ins.as_mut()? {
            Ok(sign_ins) => sign_ins.access(registry).await,
            Err(problem) => Err(problem.clone()),
        };
        match access {
            Ok(access) => {
                let look = self.inspector.look_signed_in(None, &access, image, platform, depth, &Progress::default()).await?;
                Some(look.map_err(Failed::Registry))
            }
            Err(problem) => Some(Err(Failed::SignIn(problem))),
        }
    }
}
