//! What a person pasted about the images of their draft. It is kept in the draft and speaks there only: it is one person's word.

use super::{images, platform};
use registry::Pasted;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use taskdef::{Draft, Edit, document::edit, facts::ImageFacts};

/// Where a draft keeps it.
const PLACE: &str = "/aside/pasted";

/// What is known of the draft's images in this way.
pub fn facts(draft: &Draft) -> Vec<(String, Arc<ImageFacts>)> {
    let Some(kept) = draft.root().pointer(PLACE).and_then(Value::as_object) else { return Vec::new() };
    let of = |image: String| {
        let facts = serde_json::from_value(kept.get(&image)?.clone()).ok()?;
        Some((image, Arc::new(facts)))
    };
    images(draft.definition()).into_iter().filter_map(of).collect()
}

/// The edit that keeps a pasted text's facts about an image of the draft, beside what is known already. What other images had that
/// the draft no longer has goes.
pub fn keep(draft: &Draft, image: &str, pasted: Pasted) -> Edit {
    let own = platform(draft.definition());
    let mut all = facts(draft);
    let known = all.iter().position(|(name, _)| name == image).map(|i| all.swap_remove(i).1);
    let mut known = known.map_or_else(|| ImageFacts::of_platform(own), Arc::unwrap_or_clone);
    match pasted {
        Pasted::Image(facts) => known = ImageFacts { layers: known.layers, ..*facts },
        Pasted::Platforms(platforms) => known.platforms = platforms,
        Pasted::Programs(layers) => known.layers = Some(layers),
    }
    all.push((image.to_owned(), Arc::new(known)));
    let kept: Map<String, Value> = all.iter().map(|(image, facts)| (image.clone(), json!(facts.as_ref()))).collect();
    edit::set(draft.root(), PLACE, Value::Object(kept))
}
