//! The requests of a look: HEAD for the digest, the index, the manifest and the configuration of one platform.

use crate::{
    Error,
    ask::{Asker, Repository, body, keep_reserve},
    config,
    found::Found,
    manifest::{self, ACCEPT, Descriptor, Manifest},
    nearest,
};
use reqwest::Method;
use std::{sync::Arc, time::SystemTime};
use taskdef::facts::Platform;

/// The digest that a tag leads to. HEAD costs no pull of Docker Hub's limit, and its answer says how many are left.
pub(crate) async fn resolve(asker: &Asker, repository: &Repository, tag: &str) -> Result<String, Error> {
    match head(asker, repository, tag).await {
        Err(Error::NotFound { .. }) => Err(Error::NotFound { nearest: tags(asker, repository, tag).await }),
        other => other,
    }
}

/// The same, and nothing more where there is none.
pub(crate) async fn head(asker: &Asker, repository: &Repository, tag: &str) -> Result<String, Error> {
    let response = asker.ask(Method::HEAD, repository, repository.url(&format!("manifests/{tag}"))?, ACCEPT).await?;
    let digest = response.headers().get("docker-content-digest").and_then(|digest| digest.to_str().ok());
    let digest = digest.filter(|digest| manifest::is_digest(digest)).ok_or(Error::Unreadable)?.to_owned();
    keep_reserve(asker, &repository.hosts.name, response.headers())?;
    Ok(digest)
}

async fn tags(asker: &Asker, repository: &Repository, tag: &str) -> Vec<String> {
    let Ok(url) = repository.url("tags/list?n=10000") else { return Vec::new() };
    let Ok(response) = asker.ask(Method::GET, repository, url, "application/json").await else { return Vec::new() };
    body(response, "list of tags", nearest::LARGEST).await.map(|list| nearest::nearest(&list, tag)).unwrap_or_default()
}

/// An image by its digest, for a platform; for the first one of Linux, or the first, where it does not have it.
pub(crate) async fn image(asker: &Asker, repository: &Repository, digest: &str, wanted: &Platform) -> Result<Found, Error> {
    let (platforms, config, layers) = match manifest(asker, repository, digest).await? {
        Manifest::Image { config, layers } => (None, config, layers),
        Manifest::Index(list) => {
            let found = list.iter().find(|(platform, _)| platform.serves(wanted)).or_else(|| list.iter().find(|(platform, _)| platform.os == "linux"));
            let Some((_, found)) = found.or(list.first()) else { return Err(Error::Unreadable) };
            match manifest(asker, repository, &found.digest).await? {
                Manifest::Image { config, layers } => (Some(list.iter().map(|(platform, _)| platform.clone()).collect()), config, layers),
                Manifest::Index(_) => return Err(Error::Unreadable),
            }
        }
    };
    let bytes = blob(asker, repository, &config).await?;
    let (mut facts, folders) = config::read(&bytes)?;
    facts.digest = digest.to_owned();
    facts.size = layers.iter().fold(0, |sum: u64, layer| sum.saturating_add(layer.size));
    if let Some(platforms) = platforms {
        facts.platforms = platforms;
    }
    let names: usize = layers.iter().map(|layer| layer.media.len() + 128).sum();
    Ok(Found { facts: Arc::new(facts), weight: bytes.len() + names + 1024, layers, folders, at: SystemTime::now() })
}

async fn manifest(asker: &Asker, repository: &Repository, digest: &str) -> Result<Manifest, Error> {
    let response = asker.ask(Method::GET, repository, repository.url(&format!("manifests/{digest}"))?, ACCEPT).await?;
    let bytes = body(response, "manifest", manifest::LARGEST).await?;
    if manifest::digest(&bytes) == digest { Manifest::read(&bytes) } else { Err(Error::Digest) }
}

async fn blob(asker: &Asker, repository: &Repository, blob: &Descriptor) -> Result<Vec<u8>, Error> {
    let response = asker.ask(Method::GET, repository, repository.url(&format!("blobs/{}", blob.digest))?, "*/*").await?;
    let bytes = body(response, "configuration", config::LARGEST).await?;
    if manifest::digest(&bytes) == blob.digest && bytes.len() as u64 == blob.size { Ok(bytes) } else { Err(Error::Digest) }
}
