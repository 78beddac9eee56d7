//! A credential as the value of any field of any format: it is in no draft, no report, no question, and no file that the draft
//! becomes. Names are not looked at: a question is told by the name of its service or volume.

use super::{every, file, formats};
use serde_json::{Value, json};
use taskdef::{
    Draft, Lang,
    formats::{
        Format,
        export::{Options, export},
        import::{Input, import},
    },
};

const MARK: &str = "AKIAQQQQWWWWEEEERRRR";

/// The formats that a definition is written in and read from, with the file that has it.
const WRITTEN: [(Format, &str); 6] = [
    (Format::Json, ""),
    (Format::CloudFormation, "template.yaml"),
    (Format::Terraform, "main.tf"),
    (Format::Ecspresso, "ecs-task-def.json"),
    (Format::AwsCli, "register.sh"),
    (Format::Compose, "compose.yaml"),
];

/// Places of all strings.
fn strings(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| strings(value, &taskdef::document::pointer::join(at, key), out)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, value)| strings(value, &format!("{at}/{i}"), out)),
        Value::String(_) => out.push(at.to_owned()),
        _ => {}
    }
}

#[test]
fn a_credential_in_any_field_of_any_format_goes_nowhere() {
    let mut whole = every::definition();
    whole["runtimePlatform"]["operatingSystemFamily"] = json!("LINUX");
    let mut places = Vec::new();
    strings(&whole, "", &mut places);
    let (mut seen, mut leaks) = (0, Vec::new());
    let is_name = |place: &str| ["/name", "/sourceVolume"].iter().any(|end| place.ends_with(end));
    places.retain(|place| !is_name(place));
    for (i, place) in places.iter().enumerate() {
        let mut definition = whole.clone();
        *definition.pointer_mut(place).unwrap() = json!(MARK);
        let draft = Draft::around(definition);
        // Each place in two of the formats, so that each format has its share.
        for (format, name) in [WRITTEN[i % WRITTEN.len()], WRITTEN[(i + 1 + i / WRITTEN.len()) % WRITTEN.len()]] {
            let made = export(format, &draft, &Options::new(Lang::En)).unwrap();
            let text = if name.is_empty() { made.files[0].text.clone() } else { file(&made, name).to_owned() };
            // Some fields have no place in some formats.
            if !text.contains(MARK) {
                continue;
            }
            seen += 1;
            let mut told = String::new();
            match import(&Input { format: Some(format), ..Input::of(text) }) {
                Ok(found) => {
                    told += &format!("{} {} {:?}", found.report.to_json(Lang::En), found.report.to_json(Lang::Ko), found.questions);
                    for i in 0..found.drafts.len() {
                        let kept = found.kept(i).unwrap();
                        told += &kept.to_text();
                        let again = export(Format::CloudFormation, &kept, &Options::new(Lang::En)).unwrap();
                        told.extend(again.files.into_iter().map(|file| file.text));
                    }
                }
                Err(refusal) => told += &format!("{refusal:?} {}", refusal.words(Lang::En)),
            }
            if told.contains(MARK) {
                leaks.push(format!("{} {place}", format.name()));
            }
        }
    }
    assert!(places.len() > 60 && seen > 80 && formats().count() == 10, "{} places, {seen} texts", places.len());
    assert_eq!(leaks, Vec::<String>::new());
}
