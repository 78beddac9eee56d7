//! Keys of a template as the API's. Source: the schema of cfn-lint 1.58, 167 places.

use crate::lint::schema::Node;

/// Where the two are not the same but for the first letter.
const IRREGULAR: [(&str, &str); 7] = [
    ("EFSVolumeConfiguration", "efsVolumeConfiguration"),
    ("FilesystemId", "fileSystemId"),
    ("IAM", "iam"),
    ("FSxWindowsFileServerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"),
    ("S3FilesVolumeConfiguration", "s3filesVolumeConfiguration"),
    ("ProxyConfigurationProperties", "properties"),
    ("SizeInGiB", "sizeInGiB"),
];

/// The API's name of a key; none for what the API does not take.
pub fn key(written: &str, field: &Node) -> Option<String> {
    if written == "TaskDefinitionArn" {
        return None;
    }
    let regular = IRREGULAR.iter().find(|(cfn, _)| *cfn == written).map_or_else(|| lower(written), |(_, api)| (*api).to_owned());
    if field.members.get(&regular).is_some() {
        return Some(regular);
    }
    // Wrong case is common and means only one thing.
    let near = field.members.iter().find(|(name, _)| name.eq_ignore_ascii_case(&regular)).map(|(name, _)| name.to_owned());
    Some(near.unwrap_or(regular))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
