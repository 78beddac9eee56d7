//! What a person's draft alone knows of its images: what they pasted, and what was found with their AWS sign-in. It is kept in the
//! draft and speaks there only. The first is one person's word, the second is one account's secret.

use super::{Answered, images, platform};
use registry::{Look, Pasted};
use serde_json::{Map, Value, json};
use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};
use taskdef::{Draft, Edit, document::edit, facts::ImageFacts};

/// Where a draft keeps it.
const PLACE: &str = "/aside/pasted";
/// Seconds since 1970 of the look; what was pasted has none.
const ASKED: &str = "asked";

/// One image.
struct Own {
    image: String,
    facts: Arc<ImageFacts>,
    asked: Option<u64>,
}

fn all(draft: &Draft) -> Vec<Own> {
    let Some(kept) = draft.root().pointer(PLACE).and_then(Value::as_object) else { return Vec::new() };
    let of = |image: String| {
        let value = kept.get(&image)?;
        let facts = serde_json::from_value(value.clone()).ok()?;
        Some(Own { image, facts: Arc::new(facts), asked: value.get(ASKED).and_then(Value::as_u64) })
    };
    images(draft.definition()).into_iter().filter_map(of).collect()
}

/// What is known of the draft's images in this way.
pub fn facts(draft: &Draft) -> Vec<(String, Arc<ImageFacts>)> {
    all(draft).into_iter().map(|own| (own.image, own.facts)).collect()
}

/// What was found with a sign-in, as the answers of a look.
pub fn answered(draft: &Draft) -> Vec<Answered> {
    let look = |own: Own| {
        let at = UNIX_EPOCH.checked_add(Duration::from_secs(own.asked?))?;
        Some((own.image, Ok(Look { facts: own.facts, at })))
    };
    all(draft).into_iter().filter_map(look).collect()
}

/// Answers of this server's looks, with those of the draft where there is none.
pub fn with(mut answers: Vec<Answered>, draft: &Draft) -> Vec<Answered> {
    let own = answered(draft);
    answers.retain(|(image, answer)| answer.is_ok() || own.iter().all(|(name, _)| name != image) || !matches!(answer, Err(registry::Error::Ecr)));
    let missing: Vec<Answered> = own.into_iter().filter(|(name, _)| answers.iter().all(|(image, _)| image != name)).collect();
    answers.extend(missing);
    answers
}

/// The edit that keeps a pasted text's facts about an image of the draft, beside what is known already. What other images had that
/// the draft no longer has goes.
pub fn keep(draft: &Draft, image: &str, pasted: Pasted) -> Edit {
    let mut all = all(draft);
    let mut known = known(&mut all, image).map_or_else(|| ImageFacts::of_platform(platform(draft.definition())), Arc::unwrap_or_clone);
    match pasted {
        Pasted::Image(facts) => known = ImageFacts { layers: known.layers, ..*facts },
        Pasted::Platforms(platforms) => known.platforms = platforms,
        Pasted::Programs(layers) => known.layers = Some(layers),
    }
    all.push(Own { image: image.to_owned(), facts: Arc::new(known), asked: None });
    kept(draft, &all)
}

/// The edit that keeps what a look with a sign-in found. Layers that were read stay, as long as the image is the same.
#[cfg(feature = "aws")]
pub fn keep_looks(draft: &Draft, looks: Vec<(String, Look)>) -> Edit {
    let mut all = all(draft);
    for (image, look) in looks {
        let before = known(&mut all, &image).filter(|old| old.digest == look.facts.digest && old.platform == look.facts.platform);
        let mut facts = Arc::unwrap_or_clone(look.facts);
        facts.layers = facts.layers.or_else(|| before.and_then(|old| old.layers.clone()));
        all.push(Own { image, facts: Arc::new(facts), asked: Some(seconds(look.at)) });
    }
    kept(draft, &all)
}

/// The edit that takes all of it away, for a copy that somebody else makes.
pub fn forget(draft: &Draft) -> Edit {
    edit::clear(draft.root(), PLACE)
}

#[cfg(feature = "aws")]
fn seconds(at: std::time::SystemTime) -> u64 {
    at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn known(all: &mut Vec<Own>, image: &str) -> Option<Arc<ImageFacts>> {
    all.iter().position(|own| own.image == image).map(|i| all.swap_remove(i).facts)
}

fn kept(draft: &Draft, all: &[Own]) -> Edit {
    let value = |own: &Own| {
        let mut value = json!(own.facts.as_ref());
        if let Some(asked) = own.asked {
            value[ASKED] = json!(asked);
        }
        (own.image.clone(), value)
    };
    edit::set(draft.root(), PLACE, Value::Object(all.iter().map(value).collect::<Map<String, Value>>()))
}
