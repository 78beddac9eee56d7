//! Variables of each container as `NAME=value` lines: for `docker run --env-file`, and for an object in S3 that ECS reads.
//! Neither reader has quotes or escapes: what cannot be written in such a line is reported.

use super::{
    ExportError, Exported, File, Loss, definition,
    expr::{Part, Text},
    files::file_stem,
    loss::Losses,
    parameters::Parameters,
};
use crate::{Draft, finding::Param, formats::Format, messages::all::*, shown};
use std::collections::HashSet;

pub(super) fn write(draft: &Draft) -> Result<Exported, ExportError> {
    let read = definition::read(draft, Format::EnvFile);
    let mut losses = Losses::default();
    let (mut files, mut taken) = (Vec::new(), HashSet::new());
    for (i, container) in read.root.list("containerDefinitions").iter().enumerate() {
        let mut lines = Vec::new();
        for (row, item) in container.list("environment").iter().enumerate() {
            let place = format!("/containerDefinitions/{i}/environment/{row}");
            let value = item.get("value").and_then(|v| v.as_text()).map(|text| plain(text, &read.parameters)).unwrap_or_default();
            match item.str("name") {
                name if !is_name(name) => losses.add(Loss::dropped(&EXPORT_ENV_NAME, &place)),
                _ if value.contains(['\n', '\r', '\0']) => losses.add(Loss::dropped(&EXPORT_ENV_LINES, &place)),
                name => lines.push(format!("{name}={value}")),
            }
        }
        for (row, item) in container.list("secrets").iter().enumerate() {
            let name = item.str("name");
            losses.add(Loss::elsewhere(&EXPORT_ENV_SECRET, &format!("/containerDefinitions/{i}/secrets/{row}")).with("name", Param::Text(name.to_owned())));
            let source = item.get("valueFrom").and_then(|v| v.as_text()).map(|text| plain(text, &read.parameters)).unwrap_or_default();
            lines.push(format!("# {}", shown::visible(&format!("{name}: {source}"))));
        }
        if !lines.is_empty() {
            files.push(File::new(format!("{}.env", file_stem(container.str("name"), &mut taken)), "text/plain; charset=utf-8", lines.join("\n") + "\n"));
        }
    }
    if files.is_empty() { Err(ExportError::Nothing) } else { Ok(Exported { files, losses: losses.into_list() }) }
}

/// A name that both readers take as one: no equals sign, no space, no sign of a comment in front.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('#') && !name.chars().any(|c| c == '=' || c.is_whitespace() || c.is_control() || c == '\u{feff}')
}

fn plain(text: &Text, parameters: &Parameters) -> String {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Ref(super::expr::Ref::Parameter(index)) => format!("${{{}}}", parameters.get(*index).screaming()),
        Part::Ref(_) => String::new(),
    };
    text.0.iter().map(part).collect()
}
