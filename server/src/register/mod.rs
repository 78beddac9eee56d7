//! Who may register on AWS from this server's pages, with whose keys, and the runs that are going on.
//!
//! | file | what |
//! |---|---|
//! | `gate.rs` | which requests may lead to AWS: only those of the person's own browser, from these very pages |
//! | `runs.rs` | runs in the background, written down step by step |
//!
//! Three ways, one for the whole server, never one instead of another: *off*; *local*, with the sign-in of this
//! computer; *paste*, with temporary keys that are held for one look or one run.

mod gate;
#[cfg(feature = "aws")]
mod runs;

#[cfg(feature = "aws")]
pub use runs::Begun;

use crate::config::{Aws, Config};
use app::site::Way;
use axum::http::HeaderMap;
use std::net::SocketAddr;

/// The way to AWS, and what is on it.
pub struct Desk {
    mode: Aws,
    /// Address that this server listens on.
    address: SocketAddr,
    /// What proves that somebody started this program, or saw its terminal.
    code: String,
    /// Another address than AWS's own.
    endpoint: Option<String>,
    #[cfg(feature = "aws")]
    way: aws::Way,
    #[cfg(feature = "aws")]
    runs: runs::Runs,
}

impl Desk {
    /// As the flags say.
    ///
    /// # Errors
    /// Where a flag asks for what would not be safe, or is not there.
    pub fn new(config: &Config, address: SocketAddr) -> Result<Desk, String> {
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
        let code = drafts::Token::random().map_err(|_| "the system gave no random numbers".to_owned())?.to_text();
        Ok(Desk {
            mode,
            address,
            code,
            endpoint: config.aws_endpoint.clone(),
            #[cfg(feature = "aws")]
            way: aws::Way { endpoint: config.aws_endpoint.clone(), patience: std::time::Duration::from_secs(config.aws_patience) },
            #[cfg(feature = "aws")]
            runs: runs::Runs::new()?,
        })
    }

    /// The address that proves who started the program.
    pub fn unlocking(&self) -> Option<String> {
        (self.mode == Aws::Local).then(|| format!("http://{}/unlock/{}", self.address, self.code))
    }

    /// How a visitor may go to AWS.
    pub fn way(&self, visitor: &HeaderMap) -> Way {
        let emulator = self.endpoint.clone();
        match self.mode {
            Aws::Off => Way::Off,
            // Under another name this is not the person's own address, whatever it shows.
            Aws::Local if !self.is_own(visitor) => Way::Off,
            Aws::Local if !self.is_unlocked(visitor) => Way::Locked,
            Aws::Local => Way::Local { emulator },
            Aws::Paste if !self.is_private(visitor) => Way::NoTls,
            Aws::Paste => Way::Keys { emulator },
        }
    }

    /// Waits for the runs that are going on: none is cut off between a call and its answer.
    pub async fn finish(&self) {
        #[cfg(feature = "aws")]
        self.runs.finish().await;
    }
}
