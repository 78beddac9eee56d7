//! Copies of Docker Hub's official images: Amazon ECR Public has them under the same tags, without Docker Hub's limit.

use crate::{
    Allowed,
    ask::{Asker, Repository},
    hosts::Hosts,
    inspect,
};
use std::time::Duration;
use tokio::time::timeout;

/// For the question whether a copy is the same. What was found does not wait longer for it.
const TIME: Duration = Duration::from_secs(3);

/// Where one registry has copies of another one's official images.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    /// The registry whose images are copied.
    pub of: String,
    /// The registry that has the copies.
    pub at: String,
    /// Where in it they are.
    pub folder: &'static str,
}

impl Default for Copies {
    fn default() -> Copies {
        Copies { of: "docker.io".into(), at: "public.ecr.aws".into(), folder: "docker/library" }
    }
}

impl Copies {
    /// The reference of the copy, if it has the same digest. One request, which counts against no limit.
    pub async fn same(&self, asker: &Asker, allow: &[Allowed], repository: &Repository, tag: &str, digest: &str) -> Option<String> {
        let name = repository.path.strip_prefix("library/").filter(|name| repository.hosts.name == self.of && !name.contains('/'))?;
        let path = format!("{}/{name}", self.folder);
        let copy = Repository { hosts: Hosts::of(Some(&self.at), allow).ok()?, path };
        let found = timeout(TIME, inspect::head(asker, &copy, tag)).await.ok()?.ok()?;
        (found == digest).then(|| format!("{}/{}:{tag}", self.at, copy.path))
    }
}
