//! The files of each format.

use super::{
    ExportError, Exported, File, Options, aws_cli, cdk, cloudformation, comments, compose, ecspresso, env_file, file_name, github, iam, terraform, to_json,
};
use crate::{Draft, formats::Format, lint::areas::limits::BYTES};

/// Makes the files of a format.
///
/// # Errors
/// Why there are none.
pub fn export(format: Format, draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    if !draft.definition().is_object() {
        return Err(ExportError::NoDefinition);
    }
    if format != Format::Json && draft.definition().to_string().len() > BYTES {
        return Err(ExportError::TooLarge);
    }
    let mut made = written(format, draft, options)?;
    comments::put_back(draft, format, &mut made);
    Ok(made)
}

fn written(format: Format, draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    match format {
        Format::Json => Ok(json(draft)),
        Format::CloudFormation => cloudformation::write(draft, options),
        Format::Terraform => terraform::write(draft, options),
        Format::Cdk => cdk::write(draft, options),
        Format::Ecspresso => ecspresso::write(draft, options),
        Format::GitHub => github::write(draft, options),
        Format::AwsCli => aws_cli::write(draft, options),
        Format::Compose => compose::write(draft, options),
        Format::EnvFile => env_file::write(draft),
        Format::IamPolicy => iam::write(draft),
        Format::DockerRun | Format::TerraformState | Format::Copilot => Err(ExportError::NotExported),
    }
}

fn json(draft: &Draft) -> Exported {
    let file = File::new(file_name(draft.family()), "application/json", to_json(draft.definition()));
    Exported { files: vec![file], losses: Vec::new() }
}
