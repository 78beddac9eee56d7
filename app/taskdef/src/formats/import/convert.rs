//! The one way in: recognised, read by its format, nothing forgotten.

use super::{
    Import, Input, LARGEST, MOST_FILES, Recognised, Refusal, cli, cloudformation, comments, compose, copilot, definition, docker, ecspresso, recognise,
    terraform,
};
use crate::{
    Scope, Severity,
    formats::{
        Format,
        report::{Entry, Origins, Outcome, Place, Said, Target},
    },
    lint,
    messages::{Message, all},
};

/// Reads files of any format. Nothing is stored, and nothing of the input is in an error but a masked line.
///
/// # Errors
/// Why there is nothing to make a draft of; the message says what to do instead.
///
/// ```
/// use taskdef::formats::import::{Input, import};
/// let import = import(&Input::of("docker run -d --name web -p 8080:80 nginx:1.27")).unwrap();
/// let draft = &import.drafts[0].draft;
/// assert_eq!(draft.definition()["containerDefinitions"][0]["portMappings"][0]["containerPort"], 80);
/// assert_eq!(import.report.unread, 0);
/// ```
pub fn import(input: &Input) -> Result<Import, Refusal> {
    let mut import = drafts(input)?;
    announce(&mut import);
    import.comments = comments::of(&import, &input.files);
    without_room(&mut import);
    Ok(import)
}

/// What a draft has no room for is not lost in silence.
fn without_room(import: &mut Import) {
    for draft in 0..import.drafts.len() {
        let made = &import.drafts[draft];
        let (_, left) = import.language(draft, made.draft.definition());
        if left > 0 {
            let said = Said::of(&all::IMPORT_LANGUAGE).number("left", left as u64);
            let (place, path, targets, shown) = (Place::default(), made.name.clone(), Vec::new(), String::new());
            import.report.notes.push(Entry { place, path, outcome: Outcome::Changed, breaks: false, said: Some(said), targets, shown });
        }
    }
}

/// The same without the errors of the drafts in the report.
pub(in crate::formats) fn drafts(input: &Input) -> Result<Import, Refusal> {
    if input.files.iter().all(|file| file.text.trim().is_empty()) {
        return Err(Refusal::new(&all::IMPORT_EMPTY));
    }
    if input.files.len() > MOST_FILES || input.files.iter().map(|file| file.text.len()).sum::<usize>() > LARGEST {
        return Err(Refusal::new(Said::of(&all::IMPORT_TOO_LARGE).number("files", MOST_FILES as u64)));
    }
    let mut import = read(input)?;
    import.sources = input.files.iter().map(|file| file.name.chars().take(LONGEST_NAME).collect()).collect();
    Ok(import)
}

/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

fn read(input: &Input) -> Result<Import, Refusal> {
    match input.format.map_or_else(|| of_files(input), Recognised::Format) {
        Recognised::Format(format) => match format {
            Format::Json => definition::read(input),
            Format::Compose => compose::read(input),
            Format::DockerRun => docker::read(input),
            Format::AwsCli => cli::read(input),
            Format::CloudFormation => cloudformation::read(input),
            Format::Copilot => copilot::read(input),
            Format::Ecspresso => ecspresso::read(input),
            Format::Terraform => terraform::read(input),
            Format::TerraformState => terraform::read_state(input),
            Format::EnvFile => Err(Refusal::new(&all::IMPORT_ONLY_ENV)),
            _ => Err(Refusal::new(&all::IMPORT_UNKNOWN)),
        },
        Recognised::ComposeV1 => Err(Refusal::new(&all::IMPORT_COMPOSE_V1)),
        Recognised::CdkSource => Err(Refusal::new(&all::IMPORT_CDK)),
        Recognised::Workflow => Err(Refusal::new(&all::IMPORT_WORKFLOW)),
        Recognised::EcspressoConfig => Err(Refusal::new(&all::IMPORT_ECSPRESSO_CONFIG)),
        Recognised::Kubernetes => Err(Refusal::new(&all::IMPORT_KUBERNETES)),
        Recognised::TerraformPlan => Err(Refusal::new(&all::IMPORT_TERRAFORM_PLAN)),
        Recognised::Tasks => Err(Refusal::new(described(input, &all::IMPORT_TASKS))),
        Recognised::Services => Err(Refusal::new(described(input, &all::IMPORT_SERVICES))),
        Recognised::Dockerfile => Err(Refusal::new(&all::IMPORT_DOCKERFILE)),
        Recognised::Error => Err(Refusal::new(&all::IMPORT_ERROR)),
        Recognised::Unknown => Err(broken(input)),
    }
}

/// What a command printed about tasks or services, with the command that prints their definition.
fn described(input: &Input, message: &'static Message) -> Said {
    let texts = || input.files.iter().flat_map(|file| file.text.split(['"', '\'', ' ', '\n', ',']));
    let is_arn = |word: &&str| {
        let word = *word;
        word.starts_with("arn:aws")
            && word.contains(":task-definition/")
            && word.len() <= LONGEST_ARN
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b":/_-".contains(&b))
    };
    let arn = texts().find(is_arn);
    let region = arn.and_then(|arn| arn.split(':').nth(3)).unwrap_or_default();
    let options = arn.map_or_else(|| "FAMILY".to_owned(), |arn| format!("{arn} --region {region}"));
    Said::of(message).text("command", format!("aws ecs describe-task-definition --task-definition {options}"))
}

/// Longest ARN that is repeated: account, Region and a family of 255 characters.
const LONGEST_ARN: usize = 400;

/// Errors of the drafts are part of the report, each with the place in the input that it comes from.
fn announce(import: &mut Import) {
    for (draft, made) in import.drafts.iter().enumerate() {
        let origins = Origins::of(&import.report, draft);
        let errors = lint::check_draft(&made.draft).into_iter().filter(|f| f.severity == Severity::Error && f.scope == Scope::Definition);
        for finding in errors.take(MOST_ERRORS) {
            let place = origins.nearest(&finding.path).map(|(_, place)| place).unwrap_or_default();
            let said = Said { message: finding.rule.message, variant: finding.variant, params: finding.params };
            let targets = vec![Target { draft, pointer: finding.path.clone() }];
            let entry = Entry { place, path: made.name.clone(), outcome: Outcome::Asked, breaks: true, said: Some(said), targets, shown: String::new() };
            import.report.notes.push(entry);
        }
    }
}

/// Most errors of a draft that its report repeats.
const MOST_ERRORS: usize = 50;

/// The first file that is not one of variables says what it is.
fn of_files(input: &Input) -> Recognised {
    let mut found = Recognised::Unknown;
    for file in &input.files {
        match recognise(&file.text) {
            Recognised::Unknown => {}
            env @ Recognised::Format(Format::EnvFile) if found == Recognised::Unknown => found = env,
            Recognised::Format(Format::EnvFile) => {}
            other => return other,
        }
    }
    found
}

/// A text that is YAML in spite of all, or a text where YAML breaks, which is the better news.
fn broken(input: &Input) -> Refusal {
    let text = input.files.first().map_or("", |file| file.text.as_str());
    let looks_like_yaml = text.lines().any(|line| line.trim_end().ends_with(':'));
    match super::tree::read_all_yaml(0, text) {
        Err(refusal) if looks_like_yaml => refusal,
        _ => Refusal::new(&all::IMPORT_UNKNOWN),
    }
}
