//! Why no plan can be made of a draft: then there is no script, no line to copy and no run.

use crate::{
    Draft, Lang, lint,
    messages::{Message, all::*},
};

/// What is in the way, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no plan can be made: {kind:?} at {place}")]
pub struct PlanError {
    /// What it is.
    pub kind: Obstacle,
    /// The place of the field, as pages and the API name places.
    pub place: String,
}

/// Kinds of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The Region's code is none by its form.
    Region,
    /// The cluster's name has signs that AWS does not take.
    Cluster,
    /// The family is missing, or has signs that AWS does not take.
    Family,
    /// So has a log group.
    Group,
    /// The Region of a log group is none by its form.
    GroupRegion,
    /// A role is neither a name nor an ARN.
    Role,
    /// The definition is no object.
    Definition,
    /// A placeholder has not been filled in.
    Mark,
    /// The images still have the Docker Hub ID of the example.
    HubId,
    /// The definition is larger than what is checked.
    Unchecked,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Obstacle; 10] = [
        Obstacle::Region,
        Obstacle::Cluster,
        Obstacle::Family,
        Obstacle::Group,
        Obstacle::GroupRegion,
        Obstacle::Role,
        Obstacle::Definition,
        Obstacle::Mark,
        Obstacle::HubId,
        Obstacle::Unchecked,
    ];

    /// Its words.
    pub fn message(self) -> &'static Message {
        match self {
            Obstacle::Region => &NO_PLAN_REGION,
            Obstacle::Cluster => &NO_PLAN_CLUSTER,
            Obstacle::Family => &NO_PLAN_FAMILY,
            Obstacle::Group => &NO_PLAN_GROUP,
            Obstacle::GroupRegion => &NO_PLAN_GROUP_REGION,
            Obstacle::Role => &NO_PLAN_ROLE,
            Obstacle::Definition => &NO_PLAN_DEFINITION,
            Obstacle::Mark => &NO_PLAN_MARK,
            Obstacle::HubId => &WIZARD_HUB_ID_REQUIRED,
            Obstacle::Unchecked => &NO_PLAN_UNCHECKED,
        }
    }

    /// At a place.
    pub(super) fn at(self, place: impl Into<String>) -> PlanError {
        PlanError { kind: self, place: place.into() }
    }
}

impl PlanError {
    /// What it is, why it matters, what to do.
    pub fn words(&self, lang: Lang) -> (String, String, String) {
        self.kind.message().explained(lang)
    }
}

/// What the rules say that is no fault of the definition, and still stands in the way.
pub(super) fn by_rules(draft: &Draft) -> Result<(), PlanError> {
    match lint::check_draft(draft).into_iter().find(|f| lint::stops(f.rule)) {
        None => Ok(()),
        Some(f) if f.rule == &lint::areas::limits::LIMITS_TOO_MANY => Err(Obstacle::Unchecked.at(f.path)),
        Some(f) if f.rule == &lint::areas::wizard::WIZARD_HUB_ID_REQUIRED => Err(Obstacle::HubId.at(f.path)),
        Some(f) => Err(Obstacle::Mark.at(f.path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        deploy::{DraftTag, Plan},
        preset::Preset,
        questions::{Cluster, Question},
    };

    /// The example was registered with images that nobody can pull.
    #[test]
    fn an_example_makes_no_plan_before_it_has_a_docker_hub_id() {
        let tag = DraftTag::parse("0a1b2c").unwrap();
        let plan = |draft: &Draft| Plan::new(draft, &tag);
        let mut seen = 0;
        for preset in Preset::ALL {
            let mut draft = preset.draft();
            if draft.hub_id().is_none() {
                continue;
            }
            seen += 1;
            assert_eq!(plan(&draft).err(), Some(Obstacle::HubId.at("/aside/hub")), "{preset:?}");
            Question::from(Cluster::HubId).change(&draft, "kim7").apply(draft.root_mut()).unwrap();
            assert!(plan(&draft).is_ok(), "{preset:?}: {:?}", plan(&draft).err());
        }
        assert!(seen >= 2, "{seen}");
    }

    #[test]
    fn every_obstacle_has_its_words_in_both_languages() {
        for kind in Obstacle::ALL {
            for lang in Lang::ALL {
                let (what, why, how) = kind.at("/family").words(lang);
                assert!(!what.is_empty() && !why.is_empty() && !how.is_empty(), "{kind:?} in {lang:?}");
            }
        }
    }
}
