//! What is known of a container's image for its health check, and who says so: a look into the image, or the catalogue.

use super::now;
use crate::{inspect::Answered, site::parts::ago::ago};
use app::tr;
use std::time::{Duration, SystemTime};
use taskdef::{Lang, document::view::ContainerView, facts, facts::Has, grammar::health::Tool};

/// Sentences for the page of the health check; empty where nothing is known.
pub(super) fn about(lang: Lang, container: &ContainerView<'_>, looks: &[Answered]) -> String {
    let look = looks.iter().find(|(image, _)| image == container.image()).and_then(|(_, answer)| answer.as_ref().ok());
    let facts = look.map(|look| &look.facts);
    let listed = container.reference().and_then(|image| facts::tools(&image));
    let read = facts.is_some_and(|facts| facts.layers.is_some());
    let has = |tool: &Tool| match facts.filter(|_| read) {
        Some(facts) => facts.program(tool.as_str()),
        None => listed.map_or(Has::Unknown, |listed| listed.get(tool.as_str())),
    };
    let names = |wanted: Has| Tool::ALL.iter().filter(|tool| has(tool) == wanted).map(|tool| tool.as_str()).collect::<Vec<_>>().join(", ");
    let (there, missing) = (names(Has::Yes), names(Has::No));
    let tells = !there.is_empty() || !missing.is_empty();
    let check = facts.and_then(|facts| facts.healthcheck.as_ref()?.for_ecs());
    let start = check.as_ref().and_then(|check| check["startPeriod"].as_u64()).filter(|seconds| *seconds > 0);
    let since = |at: SystemTime| at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() as i64;
    let sentences = [
        (!there.is_empty()).then(|| tr!(lang, inspect.about_has, names = there)),
        (!missing.is_empty()).then(|| tr!(lang, inspect.about_lacks, names = missing)),
        (tells && !read).then(|| tr!(lang, inspect.about_catalogue, date = facts::IMAGES_AS_OF)),
        check.map(|_| tr!(lang, inspect.about_check).to_owned()),
        start.map(|seconds| tr!(lang, inspect.about_start, n = seconds)),
        look.map(|look| tr!(lang, inspect.about_looked, when = ago(lang, now(), since(look.at)))),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
