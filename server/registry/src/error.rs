//! What can go wrong, as values: the caller words it in the reader's language.

/// Why an image could not be looked into. No variant carries a token, a body or an address of a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The reference breaks the grammar.
    #[error("not an image reference")]
    Reference,
    /// The registry is not on the list of hosts, or sent us to a host that is not.
    #[error("{0} is not on the list of registries")]
    HostNotAllowed(String),
    /// A private Amazon ECR repository: it needs the account's sign-in.
    #[error("private Amazon ECR repositories cannot be inspected")]
    Ecr,
    /// The sign-in has no permission to read this Amazon ECR repository, or the repository does not exist.
    #[error("the AWS sign-in cannot read this Amazon ECR repository")]
    EcrDenied,
    /// The name has an address that is not public, or an address was written out.
    #[error("{0} is not at a public address")]
    NotPublic(String),
    /// Another scheme, port or user name than the registry's.
    #[error("the registry redirected to an address that is not allowed")]
    Scheme,
    /// More than three redirects, or one without a readable place.
    #[error("the registry redirected too often, or to an invalid address")]
    Redirect,
    /// The registry has no such tag, with those that are spelt most alike; none where it has no such repository.
    #[error("the registry has no such image")]
    NotFound {
        /// At most five.
        nearest: Vec<String>,
    },
    /// The registry asks for a sign-in: the image is private, or not there (Docker Hub and GitHub do not say which).
    #[error("the registry requires a sign-in: the image is private, or it does not exist")]
    Private,
    /// 429, or fewer pulls left than the reserve.
    #[error("the registry's pull limit is used up")]
    RateLimited {
        /// Pulls left, where the registry said so.
        remaining: Option<u32>,
    },
    /// A body over the limit of its kind.
    #[error("the {what} is larger than {limit} bytes")]
    TooLarge {
        /// `manifest`, `configuration` or `token`.
        what: &'static str,
        /// In bytes.
        limit: usize,
    },
    /// More platforms or layers than the limit.
    #[error("the image has more than {limit} {what}")]
    TooMany {
        /// `manifests` or `layers`.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// The body is not what its digest says.
    #[error("the content from the registry does not match the digest")]
    Digest,
    /// The answer is not what the registry specification describes.
    #[error("the response from the registry cannot be read")]
    Unreadable,
    /// The time for a look is over.
    #[error("the registry did not respond in time")]
    Timeout,
    /// The connection or TLS failed, or the registry answered with an error of its own.
    #[error("the registry cannot be reached")]
    Unreachable,
    /// Four looks are running, or this client has one running.
    #[error("too many inspections at the same time")]
    Busy,
    /// The client's budget of new images is used up.
    #[error("too many new images in an hour")]
    Budget,
}

impl Error {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Reference => "reference",
            Error::HostNotAllowed(_) => "registry-not-allowed",
            Error::Ecr => "private-ecr",
            Error::EcrDenied => "ecr-denied",
            Error::NotPublic(_) => "not-public",
            Error::Scheme | Error::Redirect => "redirect",
            Error::NotFound { .. } => "no-such-image",
            Error::Private => "private",
            Error::RateLimited { .. } => "rate-limited",
            Error::TooLarge { .. } | Error::TooMany { .. } => "too-large",
            Error::Digest => "digest",
            Error::Unreadable => "unreadable",
            Error::Timeout => "timeout",
            Error::Unreachable => "unreachable",
            Error::Busy => "busy",
            Error::Budget => "budget",
        }
    }
}
