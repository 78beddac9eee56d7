//! Who may register on AWS from this server's pages, with whose keys, and the runs that are going on.
//!
//! | file | what |
//! |---|---|
//! | `access.rs` | how a visitor may go to AWS |
//! | `gate.rs` | which requests may lead to AWS: only those of the person's own browser, from these very pages |
//! | `runs.rs` | runs in the background, written down step by step |
//!
//! Three ways, one for the whole server, never one instead of another: *off*; *local*, with the sign-in of this
//! computer; *paste*, with temporary keys that are held for one lookup or one run.

mod access;
mod gate;
#[cfg(feature = "aws")]
mod runs;

#[cfg(feature = "aws")]
pub use runs::Begun;

pub use access::AwsAccess;

use crate::{
    config::{Aws, Config},
    http::own_host::{Name, OwnHost},
};
use axum::http::HeaderMap;
use std::{io::Write, net::SocketAddr, path::Path, sync::Mutex};

/// The way to AWS, and what is on it.
pub struct Registrar {
    mode: Aws,
    /// Address that this server listens on.
    address: SocketAddr,
    /// The name that only the owner knows; `None` where nobody's sign-in is used.
    own: Option<OwnHost>,
    /// Who has shown the code from the terminal.
    sessions: Mutex<gate::Sessions>,
    /// Another address than AWS's own.
    endpoint: Option<String>,
    #[cfg(feature = "aws")]
    aws_endpoint: aws::AwsEndpoint,
    #[cfg(feature = "aws")]
    runs: runs::Runs,
}

impl Registrar {
    /// As the flags say.
    ///
    /// # Errors
    /// Where a flag asks for what would not be safe, or does not exist.
    pub fn new(config: &Config, address: SocketAddr) -> Result<Registrar, String> {
        let able = cfg!(feature = "aws");
        let own = address.ip().is_loopback();
        let mode = config.aws.unwrap_or(if own && able { Aws::Local } else { Aws::Off });
        if mode == Aws::Local && !own {
            return Err("--aws local is only for addresses of this computer alone, such as 127.0.0.1: everybody else could use its sign-in".into());
        }
        if config.aws.is_none() && !config.trusted_proxies.is_empty() && mode != Aws::Off {
            return Err("behind a proxy everybody seems to be on this computer, so say with --aws who may register: off, paste or local".into());
        }
        if mode != Aws::Off && !able {
            return Err("this program was built without the feature aws".into());
        }
        if config.aws_endpoint.as_ref().is_some_and(|e| !e.starts_with("http://") && !e.starts_with("https://")) {
            return Err("--aws-endpoint begins with http:// or https://".into());
        }
        let own = match mode {
            Aws::Local => Some(OwnHost::open(beside(&config.database), address.port()).map_err(|e| format!("cannot keep the server's own host name: {e}"))?),
            Aws::Off | Aws::Paste => None,
        };
        Ok(Registrar {
            mode,
            address,
            own,
            sessions: Mutex::new(gate::Sessions::new()?),
            endpoint: config.aws_endpoint.clone(),
            #[cfg(feature = "aws")]
            aws_endpoint: aws::AwsEndpoint { url: config.aws_endpoint.clone(), patience: std::time::Duration::from_secs(config.aws_patience) },
            #[cfg(feature = "aws")]
            runs: runs::Runs::new()?,
        })
    }

    /// The name at which this server keeps cookies and uses its owner's sign-in; `None` where it has no such name.
    pub fn own_host(&self) -> Option<&OwnHost> {
        self.own.as_ref()
    }

    /// The address that proves who started the program. It unlocks one browser, once.
    pub fn unlocking(&self) -> Option<String> {
        self.own.as_ref().map(|own| format!("http://{}/unlock/{}", own.as_str(), self.code()))
    }

    /// Whether a visitor is at a name of this computer that every program knows, where no cookie is kept.
    pub fn is_elsewhere(&self, visitor: &HeaderMap) -> bool {
        self.own.as_ref().is_some_and(|own| own.name(visitor) != Name::Own)
    }

    /// Shows the terminal the address that unlocks the next browser.
    pub fn announce(&self) {
        if let Some(address) = self.unlocking() {
            let line = format!("to register on AWS from your browser, open {address}\n");
            let mut out = std::io::stdout();
            // Nobody has to listen: a service's output may be closed.
            let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
        }
    }

    /// Whether credentials, this computer's or a visitor's, ever come into this program.
    pub fn takes_credentials(&self) -> bool {
        self.mode != Aws::Off
    }

    /// How a visitor may go to AWS.
    pub fn access(&self, visitor: &HeaderMap) -> AwsAccess {
        let emulator = self.endpoint.clone();
        match self.mode {
            Aws::Off => AwsAccess::Off,
            // At a name that every program of this computer knows, nobody's sign-in is used.
            Aws::Local if !self.is_own(visitor) => AwsAccess::Elsewhere,
            Aws::Local if !self.is_unlocked(visitor) => AwsAccess::Locked,
            Aws::Local => AwsAccess::Local { emulator },
            Aws::Paste if !self.is_private(visitor) => AwsAccess::NoTls,
            Aws::Paste => AwsAccess::Keys { emulator },
        }
    }

    /// Enters an account for one look.
    ///
    /// # Errors
    /// Where no keys are found.
    #[cfg(feature = "aws")]
    pub async fn enter(&self, sign: aws::Sign, region: &str) -> Result<aws::Account, taskdef::deploy::Problem> {
        aws::Account::enter(&self.aws_endpoint, sign, region).await
    }

    /// Waits for the runs that are going on: none is cut off between a call and its answer.
    pub async fn finish(&self) {
        #[cfg(feature = "aws")]
        self.runs.finish().await;
    }
}

/// The SQLite file of a database address.
fn beside(database: &str) -> Option<&Path> {
    let file = database.strip_prefix("sqlite:")?.split('?').next().unwrap_or("");
    let file = file.strip_prefix("//").unwrap_or(file);
    (!file.is_empty() && !file.starts_with(':')).then(|| Path::new(file))
}
