//! The files of 30 drafts and more, for judges outside: `TASKWRIGHT_EXPORTS` names the folder that they are written to.

use super::{drafts, every, formats, written};
use std::{fs, path::Path};
use taskdef::{
    Draft, Lang,
    formats::Format,
    formats::export::{ExportError, Options, export},
};

/// Without the folder, what is written is still read: no draft of these fails in any format but the env file.
#[test]
fn every_draft_is_written_in_every_format() {
    let folder = std::env::var_os("TASKWRIGHT_EXPORTS");
    let mut seen = 0;
    for (name, draft) in drafts::all() {
        for format in formats() {
            let made = match export(format, &draft, &Options::new(Lang::En)) {
                Err(ExportError::Nothing) if format == Format::EnvFile => continue,
                made => made.unwrap_or_else(|error| panic!("{name} as {}: {error}", format.name())),
            };
            seen += 1;
            let Some(folder) = &folder else { continue };
            for file in made.files {
                let path = Path::new(folder).join(&name).join(format.name()).join(file.name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file.text).unwrap();
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

/// Every field of the API, as CloudFormation spells it: `judge.py` compares the keys with CloudFormation's own schema.
#[test]
fn every_draft_has_a_template_with_every_field() {
    let made = super::bare(Format::CloudFormation, &Draft::around(every::definition()));
    let text = super::file(&made, "template.json");
    let again = super::readers::cloudformation(&serde_json::from_str(text).unwrap());
    let without = ["trustedExecutionConfiguration", "inferenceAccelerators"];
    for (path, _) in every::FIELDS.iter().filter(|(path, _)| !without.iter().any(|key| path.starts_with(key))) {
        let place = format!("/{}", path.replace('.', "/").replace("[]", "/0"));
        assert!(again.pointer(&place).is_some(), "{path}");
    }
    if let Some(folder) = std::env::var_os("TASKWRIGHT_EXPORTS") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(Path::new(&folder).join("every.json"), text).unwrap();
    }
}

#[test]
fn what_cannot_be_written_says_why() {
    let windows = Draft::around(
        serde_json::json!({ "family": "a", "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" }, "containerDefinitions": [] }),
    );
    let made = |format, draft: &Draft| export(format, draft, &Options::new(Lang::En)).err();
    assert_eq!(made(Format::Compose, &windows), Some(ExportError::Windows));
    assert_eq!(made(Format::Copilot, &windows), Some(ExportError::NotExported));
    assert_eq!(made(Format::EnvFile, &windows), Some(ExportError::Nothing));
    assert_eq!(made(Format::Terraform, &Draft::around(serde_json::json!([]))), Some(ExportError::NoDefinition));
    let large = Draft::around(serde_json::json!({ "family": "a".repeat(300_000) }));
    assert_eq!(made(Format::Cdk, &large), Some(ExportError::TooLarge));
    for error in ExportError::ALL {
        for lang in Lang::ALL {
            let (what, how) = error.words(lang);
            assert!(!what.is_empty() && how.ends_with('.'), "{error:?}");
        }
    }
    assert_eq!(written(Format::Json, &windows).files.len(), 1);
}
