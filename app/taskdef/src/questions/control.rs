//! Which control of a page shows a finding.

use super::{Cluster, Container, Dependency, Field, Health, List, LogOption, Logs, Port, Question, Secret, Size, Variable, logs};
use crate::{
    Draft,
    document::{pointer, view},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What of a page a finding belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Control {
    /// The question that asks for its place.
    Question(Question),
    /// The button that adds what is missing.
    Add(List),
    /// Nothing on any page asks for this place.
    Unasked(String),
}

impl Control {
    /// The control for a place of the draft; places of the definition are relative to it.
    pub fn of_place(draft: &Draft, place: &str) -> Control {
        let tokens = pointer::tokens(place);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            ["requiresCompatibilities", ..] => Cluster::Launch.into(),
            ["cpu" | "memory"] if !Size::is_free(draft) => Size::Pair.into(),
            ["runtimePlatform", ..] => Size::Platform.into(),
            ["containerDefinitions"] => Control::Add(List::Containers),
            ["containerDefinitions", i, rest @ ..] => {
                pointer::index(i).and_then(|i| in_container(draft, i, rest)).unwrap_or_else(|| Control::asked(draft, place))
            }
            _ => Control::asked(draft, place),
        }
    }

    /// The question for a place that has one of its name, or the field that the place stands in.
    fn asked(draft: &Draft, place: &str) -> Control {
        match Control::named(place) {
            Control::Unasked(place) => Field::nearest(draft, &place).map_or(Control::Unasked(place), |field| Question::Field(field).into()),
            control => control,
        }
    }

    /// The question whose name is its place, if there is one.
    fn named(place: &str) -> Control {
        place.parse().map_or_else(|_| Control::Unasked(place.to_owned()), Control::Question)
    }

    /// The id of its element.
    pub fn id(&self) -> String {
        pointer::field_id(&self.to_string())
    }
}

/// The control for a place in a container, where its name is not the place itself.
fn in_container(draft: &Draft, i: usize, rest: &[&str]) -> Option<Control> {
    Some(match rest {
        [] => Question::Container(i, Container::Name).into(),
        ["healthCheck"] => Question::Health(i, Health::Kind).into(),
        ["healthCheck", "command", ..] => {
            let own = Health::Kind.rendered(draft, i) == "own";
            Question::Health(i, if own { Health::Text } else { Health::Kind }).into()
        }
        ["portMappings"] => Control::Add(List::PortMappings(i)),
        ["portMappings", j] => Question::Port(i, pointer::index(j)?, Port::ContainerPort).into(),
        ["dependsOn"] => Control::Add(List::DependsOn(i)),
        ["dependsOn", j] => Question::Dependency(i, pointer::index(j)?, Dependency::ContainerName).into(),
        ["environment", j] => Question::Variable(i, pointer::index(j)?, Variable::Name).into(),
        ["secrets", j] => Question::Secret(i, pointer::index(j)?, Secret::Name).into(),
        ["logConfiguration", rest @ ..] => in_logs(draft, i, rest),
        _ => return None,
    })
}

fn in_logs(draft: &Draft, i: usize, rest: &[&str]) -> Control {
    let driver = view::containers(draft.definition()).get(i).map_or("", |c| c.log_driver());
    let ours = driver == "awslogs";
    let shared = |key: &str| logs::shared_option(draft, key).is_some();
    match rest {
        ["options", key @ "awslogs-group"] if ours && shared(key) => Logs::Group.into(),
        ["options", "awslogs-group"] if ours => Question::LogOption(i, LogOption::Group).into(),
        ["options", key @ "awslogs-stream-prefix"] if ours && shared(key) => Logs::Prefix.into(),
        ["options", "awslogs-stream-prefix"] if ours => Question::LogOption(i, LogOption::Prefix).into(),
        ["options", "awslogs-create-group"] | ["options"] if ours => Logs::Create.into(),
        // One for all containers, which take it from the Region of the first step.
        ["options", "awslogs-region"] if ours => Control::Unasked("/logs-region".into()),
        [_, ..] if !driver.is_empty() => {
            let place = format!("/containerDefinitions/{i}/logConfiguration/{}", rest.join("/"));
            Field::nearest(draft, &place).map_or(Logs::Keep.into(), |field| Question::Field(field).into())
        }
        _ => Logs::Keep.into(),
    }
}

impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Control::Question(question) => question.fmt(f),
            Control::Add(list) => super::Action::Add(*list).fmt(f),
            Control::Unasked(place) => f.write_str(place),
        }
    }
}

impl From<Control> for String {
    fn from(control: Control) -> String {
        control.to_string()
    }
}

impl From<String> for Control {
    fn from(name: String) -> Control {
        match name.strip_prefix("add:").and_then(List::parse) {
            Some(list) => Control::Add(list),
            None => Control::named(&name),
        }
    }
}

impl<Q: Into<Question>> From<Q> for Control {
    fn from(question: Q) -> Control {
        Control::Question(question.into())
    }
}
