//! What can go wrong between here and an account: sixteen kinds, each with its own words in both languages
//! (`problem-…` in `messages/*/register.ftl`), read from the codes and words of AWS.

use super::Plan;
use crate::{
    Lang, diagnose,
    messages::{Message, all::*},
};
use serde::{Deserialize, Serialize};

/// Why something stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind it is.
    pub kind: Kind,
    /// The call, as IAM names it; empty where it came before any.
    pub call: String,
    /// The permission that is missing, as IAM names it.
    pub action: Option<String>,
    /// What AWS said, without anything secret.
    pub said: String,
    /// The place in the definition that AWS speaks of.
    pub place: Option<String>,
    /// The id of the known cause, for the page that explains it.
    pub cause: Option<String>,
}

/// Kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A permission is missing.
    Denied,
    /// The permission to hand a role to ECS is missing.
    PassRole,
    /// The keys have run out.
    Expired,
    /// AWS does not know the keys, or the secret does not belong to them.
    UnknownKeys,
    /// There are no keys to be found on this computer, or the sign-in has run out.
    NoKeys,
    /// The clock of this computer is wrong.
    Clock,
    /// The Region has to be enabled for this account first.
    OptIn,
    /// It is another account than the one of the plan.
    OtherAccount,
    /// The account no longer stands as the plan said.
    Changed,
    /// Too many calls at once.
    Throttled,
    /// A quota of the account is full.
    Quota,
    /// AWS refuses the definition.
    Refused,
    /// The role that ECS itself works with is missing.
    ServiceRole,
    /// AWS itself has a problem.
    Theirs,
    /// No connection.
    Unreachable,
    /// A call went out and no answer came: it may have worked.
    NoAnswer,
    /// Anything else that AWS said.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 17] = [
        Kind::Denied,
        Kind::PassRole,
        Kind::Expired,
        Kind::UnknownKeys,
        Kind::NoKeys,
        Kind::Clock,
        Kind::OptIn,
        Kind::OtherAccount,
        Kind::Changed,
        Kind::Throttled,
        Kind::Quota,
        Kind::Refused,
        Kind::ServiceRole,
        Kind::Theirs,
        Kind::Unreachable,
        Kind::NoAnswer,
        Kind::Other,
    ];

    /// Its words.
    pub fn message(self) -> &'static Message {
        match self {
            Kind::Denied => &PROBLEM_DENIED,
            Kind::PassRole => &PROBLEM_PASS_ROLE,
            Kind::Expired => &PROBLEM_EXPIRED,
            Kind::UnknownKeys => &PROBLEM_UNKNOWN_KEYS,
            Kind::NoKeys => &PROBLEM_NO_KEYS,
            Kind::Clock => &PROBLEM_CLOCK,
            Kind::OptIn => &PROBLEM_OPT_IN,
            Kind::OtherAccount => &PROBLEM_OTHER_ACCOUNT,
            Kind::Changed => &PROBLEM_CHANGED,
            Kind::Throttled => &PROBLEM_THROTTLED,
            Kind::Quota => &PROBLEM_QUOTA,
            Kind::Refused => &PROBLEM_REFUSED,
            Kind::ServiceRole => &PROBLEM_SERVICE_ROLE,
            Kind::Theirs => &PROBLEM_THEIRS,
            Kind::Unreachable => &PROBLEM_UNREACHABLE,
            Kind::NoAnswer => &PROBLEM_NO_ANSWER,
            Kind::Other => &PROBLEM_OTHER,
        }
    }

    /// Whether the same plan may go on once the cause is gone: the others need a new look, or another definition.
    pub fn can_go_on(self) -> bool {
        !matches!(self, Kind::Refused | Kind::Changed | Kind::OtherAccount)
    }

    /// What it is, why it happens, what to do.
    pub fn words(self, lang: Lang) -> (String, String, String) {
        self.message().explained(lang)
    }
}

impl Problem {
    /// Without a call.
    pub fn new(kind: Kind) -> Problem {
        Problem { kind, call: String::new(), action: None, said: String::new(), place: None, cause: None }
    }

    /// What an error answer of AWS means. `said` holds nothing secret any more.
    pub fn of_answer(call: &str, status: u16, code: &str, said: &str, plan: &Plan) -> Problem {
        let mut problem = Problem::of_call(call, status, code, said);
        if problem.kind == Kind::Refused {
            problem.place = diagnose::place(said, &plan.definition);
            problem.cause = diagnose::diagnose(said).causes.first().map(|c| c.known.id.to_owned());
        }
        problem
    }

    /// The same for a call that has nothing to do with a plan.
    pub fn of_call(call: &str, status: u16, code: &str, said: &str) -> Problem {
        let mut problem = Problem { call: call.to_owned(), said: said.to_owned(), ..Problem::new(kind(status, code, said)) };
        if problem.kind == Kind::Denied {
            let action = refused_action(said).unwrap_or(call);
            if action == "iam:PassRole" {
                problem.kind = Kind::PassRole;
            }
            problem.action = Some(action.to_owned());
        }
        problem
    }
}

/// By the code first; ECS says many things under few codes, so then by the words.
fn kind(status: u16, code: &str, said: &str) -> Kind {
    let low = said.to_ascii_lowercase();
    let has = |part: &str| low.contains(part);
    // `ns#Code:http://…` in some protocols.
    let code = code.rsplit('#').next().unwrap_or(code).split(':').next().unwrap_or(code);
    match code {
        "ExpiredToken" | "ExpiredTokenException" => Kind::Expired,
        "RequestExpired" | "RequestTimeTooSkewed" => Kind::Clock,
        "SignatureDoesNotMatch" | "InvalidSignatureException" if has("signature expired") || has("signature not yet current") => Kind::Clock,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => Kind::UnknownKeys,
        "OptInRequired" | "SubscriptionRequiredException" => Kind::OptIn,
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "NotAuthorized" => Kind::Denied,
        "Throttling" | "ThrottlingException" | "ThrottledException" | "RequestLimitExceeded" | "TooManyRequestsException" => Kind::Throttled,
        "LimitExceededException" | "LimitExceeded" | "ServiceQuotaExceededException" => Kind::Quota,
        _ if has("is not authorized to perform") => Kind::Denied,
        _ if has("service linked role") || has("service-linked role") => Kind::ServiceRole,
        _ if has("rate exceeded") => Kind::Throttled,
        _ if has("maximum number of") || has("limit exceeded") => Kind::Quota,
        "ServerException" | "InternalFailure" | "InternalError" | "ServiceUnavailable" | "ServiceUnavailableException" | "OperationAbortedException" => {
            Kind::Theirs
        }
        "ClientException" | "InvalidParameterException" | "ValidationException" | "ValidationError" | "SerializationException" => Kind::Refused,
        _ if status >= 500 => Kind::Theirs,
        _ => Kind::Other,
    }
}

/// The action in `… is not authorized to perform: iam:PassRole on resource: …`.
fn refused_action(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("not authorized to perform")?;
    let word = rest.trim_start_matches([':', ' ']).split([' ', ',', '.']).next()?;
    word.contains(':').then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    fn of(code: &str, said: &str) -> Problem {
        Problem::of_answer("ecs:RegisterTaskDefinition", 400, code, said, &Plan::for_tests(&Draft::tutorial()))
    }

    #[test]
    fn every_kind_has_its_words_in_both_languages() {
        for kind in Kind::ALL {
            for lang in Lang::ALL {
                let (what, why, how) = kind.words(lang);
                assert!(!what.is_empty() && !what.ends_with('.'), "{kind:?} in {lang:?}: {what}");
                assert!(why.ends_with('.') && how.ends_with('.'), "{kind:?} in {lang:?}");
            }
        }
    }

    #[test]
    fn answers_of_aws_are_told_apart() {
        let user = "User: arn:aws:sts::123456789012:assumed-role/a/b is not authorized to perform:";
        for (code, said, kind, action) in [
            (
                "AccessDeniedException",
                format!("{user} ecs:RegisterTaskDefinition on resource: * because no identity-based policy"),
                Kind::Denied,
                Some("ecs:RegisterTaskDefinition"),
            ),
            ("AccessDeniedException", format!("{user} iam:PassRole on resource: arn:aws:iam::123456789012:role/x"), Kind::PassRole, Some("iam:PassRole")),
            ("ClientException", format!("{user} iam:PassRole on resource: x"), Kind::PassRole, Some("iam:PassRole")),
            ("AccessDenied", "no words".into(), Kind::Denied, Some("ecs:RegisterTaskDefinition")),
            ("ExpiredTokenException", "The security token included in the request is expired".into(), Kind::Expired, None),
            ("UnrecognizedClientException", "The security token included in the request is invalid.".into(), Kind::UnknownKeys, None),
            ("InvalidSignatureException", "Signature expired: 20261126T000000Z is now earlier than 20261126T001000Z".into(), Kind::Clock, None),
            ("ThrottlingException", "Rate exceeded".into(), Kind::Throttled, None),
            ("ClientException", "Too many concurrent attempts to create a new revision of the specified family. Rate exceeded".into(), Kind::Throttled, None),
            ("LimitExceededException", "Resource limit exceeded.".into(), Kind::Quota, None),
            (
                "InvalidParameterException",
                "Unable to assume the service linked role. Please verify that the ECS service linked role exists.".into(),
                Kind::ServiceRole,
                None,
            ),
            ("ServerException", "Service Unavailable. Please try again later.".into(), Kind::Theirs, None),
            ("OptInRequired", "You are not subscribed".into(), Kind::OptIn, None),
            ("com.amazonaws.ecs#ClientException", "Role is not valid".into(), Kind::Refused, None),
            ("Strange", "something new".into(), Kind::Other, None),
        ] {
            let problem = of(code, &said);
            assert_eq!((problem.kind, problem.action.as_deref()), (kind, action), "{code}: {said}");
        }
        assert_eq!(Problem::of_answer("a:B", 502, "", "", &Plan::for_tests(&Draft::tutorial())).kind, Kind::Theirs);
    }

    #[test]
    fn a_refusal_leads_to_its_field_and_its_cause() {
        let problem = of("ClientException", "The 'memory' setting for container 'my-nginx' is greater than for the task.");
        assert_eq!(problem.place.as_deref(), Some("/containerDefinitions/1/memory"));
        assert!(problem.cause.is_some());
        let problem = of(
            "ClientException",
            "No Fargate configuration exists for given values: 1024 CPU, 1024 memory. See the Amazon ECS documentation for the valid values.",
        );
        assert_eq!(problem.place.as_deref(), Some("/cpu"));
    }
}
