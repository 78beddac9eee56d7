//! How a visitor may go to AWS.

/// How this server goes to AWS for a visitor.
#[derive(Clone, Debug, PartialEq)]
pub enum AwsAccess {
    /// Not at all: scripts only.
    Off,
    /// With this computer's sign-in, but not at this address.
    Elsewhere,
    /// With this computer's sign-in, once the person has shown that they started the program.
    Locked,
    /// With this computer's sign-in.
    Local {
        /// Another address than AWS's own.
        emulator: Option<String>,
    },
    /// With keys that are pasted, which are not taken without TLS.
    NoTls,
    /// With keys that are pasted.
    Keys {
        /// Another address than AWS's own.
        emulator: Option<String>,
    },
}

impl AwsAccess {
    /// Whether this visitor may have AWS called.
    pub fn may_call(&self) -> bool {
        matches!(self, AwsAccess::Local { .. } | AwsAccess::Keys { .. })
    }
}
