//! Short forms as long ones: `!Ref X` is `{"Ref": "X"}`.

use crate::{
    formats::{
        import::{
            Refusal,
            tree::{Key, Kind, Node},
        },
        report::Said,
    },
    messages::all,
};

const TAGS: [&str; 18] = [
    "Sub",
    "Join",
    "Select",
    "Split",
    "FindInMap",
    "If",
    "Equals",
    "And",
    "Or",
    "Not",
    "Base64",
    "Cidr",
    "GetAZs",
    "ImportValue",
    "Transform",
    "GetAtt",
    "Length",
    "ToJsonString",
];

/// The tree without tags.
///
/// # Errors
/// A tag that CloudFormation does not have.
pub fn long(node: Node) -> Result<Node, Refusal> {
    let Node { leaf, at, tag, kind } = node;
    let kind = match kind {
        Kind::List(items) => Kind::List(items.into_iter().map(long).collect::<Result<_, _>>()?),
        Kind::Map(pairs) => Kind::Map(pairs.into_iter().map(|(key, value)| Ok((key, long(value)?))).collect::<Result<_, Refusal>>()?),
        scalar => scalar,
    };
    let plain = Node { leaf, at, tag: None, kind };
    let Some(tag) = tag else { return Ok(plain) };
    let (name, value) = match tag.as_str() {
        "Ref" | "Condition" => (tag, plain),
        // Split at the first dot: attributes may have dots themselves.
        "GetAtt" => match plain.text().and_then(|text| text.split_once('.')) {
            Some((resource, attribute)) => {
                let list = vec![plain.like(resource), plain.like(attribute)];
                ("Fn::GetAtt".to_owned(), Node::new(at, Kind::List(list)))
            }
            None => ("Fn::GetAtt".to_owned(), plain),
        },
        known if TAGS.contains(&known) => (format!("Fn::{known}"), plain),
        other => return Err(Refusal::at(at, Said::of(&all::IMPORT_TAG_UNKNOWN).text("tag", crate::formats::report::masked("", other)))),
    };
    Ok(Node::new(at, Kind::Map(vec![(Key { text: name, at }, value)])))
}
