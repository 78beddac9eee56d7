//! The formats that a definition comes from and goes to.

use crate::Lang;
use serde::Serialize;

/// A format of files. Its name is what the API, the command line and addresses call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// The input of RegisterTaskDefinition, or what DescribeTaskDefinition returns.
    Json,
    /// A Compose file.
    Compose,
    /// `docker run`, `podman run` and their relatives, one or more.
    DockerRun,
    /// A CloudFormation template, YAML or JSON.
    CloudFormation,
    /// Terraform configuration (HCL).
    Terraform,
    /// What `terraform show -json` prints, or a state file.
    TerraformState,
    /// An AWS CLI command that registers, or the skeleton of its input.
    AwsCli,
    /// ecspresso's definition, a JSON file with template marks.
    Ecspresso,
    /// A manifest of AWS Copilot.
    Copilot,
    /// Lines of `NAME=value`.
    EnvFile,
    /// A GitHub Actions workflow.
    GitHub,
    /// AWS CDK in TypeScript.
    Cdk,
    /// IAM policies of the roles.
    IamPolicy,
}

impl Format {
    /// All of them, in the order in which pages and `/api/v1/formats` list them.
    pub const ALL: [Format; 13] = [
        Format::Json,
        Format::Compose,
        Format::DockerRun,
        Format::CloudFormation,
        Format::Terraform,
        Format::TerraformState,
        Format::AwsCli,
        Format::Ecspresso,
        Format::Copilot,
        Format::EnvFile,
        Format::GitHub,
        Format::Cdk,
        Format::IamPolicy,
    ];

    /// Lowercase letters and hyphens, the same in addresses, the API and the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Compose => "compose",
            Format::DockerRun => "docker-run",
            Format::CloudFormation => "cloudformation",
            Format::Terraform => "terraform",
            Format::TerraformState => "terraform-state",
            Format::AwsCli => "aws-cli",
            Format::Ecspresso => "ecspresso",
            Format::Copilot => "copilot",
            Format::EnvFile => "env",
            Format::GitHub => "github-actions",
            Format::Cdk => "cdk",
            Format::IamPolicy => "iam-policy",
        }
    }

    /// Reads a name.
    ///
    /// ```
    /// use taskdef::formats::Format;
    /// assert_eq!(Format::parse("docker-run"), Some(Format::DockerRun));
    /// assert_eq!(Format::parse("yaml"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What people call it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Format::Json, Lang::En) => "ECS task definition (JSON)",
            (Format::Json, Lang::Ko) => "ECS 태스크 정의(JSON)",
            (Format::Compose, Lang::En) => "Docker Compose",
            (Format::Compose, Lang::Ko) => "Docker Compose",
            (Format::DockerRun, Lang::En) => "docker run command",
            (Format::DockerRun, Lang::Ko) => "docker run 명령",
            (Format::CloudFormation, _) => "AWS CloudFormation",
            (Format::Terraform, _) => "Terraform",
            (Format::TerraformState, Lang::En) => "Terraform state (JSON)",
            (Format::TerraformState, Lang::Ko) => "Terraform 상태(JSON)",
            (Format::AwsCli, _) => "AWS CLI",
            (Format::Ecspresso, _) => "ecspresso",
            (Format::Copilot, Lang::En) => "AWS Copilot manifest",
            (Format::Copilot, Lang::Ko) => "AWS Copilot 매니페스트",
            (Format::EnvFile, Lang::En) => "Environment file (.env)",
            (Format::EnvFile, Lang::Ko) => "환경 변수 파일(.env)",
            (Format::GitHub, Lang::En) => "GitHub Actions workflow",
            (Format::GitHub, Lang::Ko) => "GitHub Actions 워크플로",
            (Format::Cdk, _) => "AWS CDK (TypeScript)",
            (Format::IamPolicy, Lang::En) => "IAM policies",
            (Format::IamPolicy, Lang::Ko) => "IAM 정책",
        }
    }

    /// Media type of its main file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Json | Format::TerraformState | Format::Ecspresso | Format::IamPolicy => "application/json",
            Format::Compose | Format::CloudFormation | Format::Copilot | Format::GitHub => "application/yaml",
            Format::DockerRun | Format::AwsCli => "text/x-shellscript; charset=utf-8",
            Format::Terraform | Format::EnvFile | Format::Cdk => "text/plain; charset=utf-8",
        }
    }

    /// What people call the files of it that drafts become: a Compose file is for running a task locally.
    pub const fn export_label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Format::Compose, Lang::En) => "Docker Compose (run locally)",
            (Format::Compose, Lang::Ko) => "Docker Compose(로컬에서 실행)",
            _ => self.label(lang),
        }
    }

    /// Whether texts of it become drafts.
    pub const fn is_imported(self) -> bool {
        !matches!(self, Format::GitHub | Format::Cdk | Format::IamPolicy)
    }

    /// Whether drafts become files of it.
    pub const fn is_exported(self) -> bool {
        !matches!(self, Format::DockerRun | Format::TerraformState | Format::Copilot)
    }
}

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_formats_name_and_fits_an_address() {
        for (i, format) in Format::ALL.into_iter().enumerate() {
            assert_eq!(Format::parse(format.name()), Some(format));
            assert_eq!(Format::ALL.iter().position(|f| *f == format), Some(i), "listed twice: {format:?}");
            assert!(format.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            assert!(format.is_imported() || format.is_exported(), "{format:?} goes nowhere");
        }
    }
}
