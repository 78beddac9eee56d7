//! ecspresso: its configuration, and the definition with its template marks.

use super::{
    ExportError, Exported, File, Options, definition,
    expr::Ref,
    json_text::{self, Marks},
    parameters::Parameters,
    stack,
    yaml::{self, Yaml},
};
use crate::{Draft, formats::Format, grammar::name, messages::all::*};

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let mut read = definition::read(draft, Format::Ecspresso);
    stack::sizes(&mut read.root);
    let definition = json_text::document(&read.root, &Template { parameters: &read.parameters });
    let mut files = vec![File::new("ecs-task-def.json", "application/json", definition)];
    if options.surroundings {
        files.insert(0, File::new("ecspresso.yml", "application/yaml", configuration(draft, options)));
    }
    Ok(Exported { files, losses: read.losses.into_list() })
}

fn configuration(draft: &Draft, options: &Options) -> String {
    let cluster = if name::is_name(draft.cluster_name()) { draft.cluster_name() } else { "default" };
    let service = if name::is_name(draft.family()) { draft.family() } else { "task-definition" };
    let mut pairs = Vec::new();
    let region = stack::region(draft);
    if !region.is_empty() {
        pairs.push(("region", Yaml::text(region)));
    }
    pairs.extend([
        ("cluster", Yaml::text(cluster)),
        ("service", Yaml::text(service)),
        ("task_definition", Yaml::text("ecs-task-def.json")),
        ("timeout", Yaml::text("10m0s")),
    ]);
    let mut out = String::new();
    yaml::comments(&mut out, &[EXPORT_ECSPRESSO_USE.text.plain(options.lang).to_owned()], 0);
    out + &Yaml::map(pairs).document()
}

/// Go's template language: it runs over the file before it is read as JSON.
struct Template<'a> {
    parameters: &'a Parameters,
}

impl Template<'_> {
    fn mark(&self, reference: &Ref) -> String {
        let name = match reference {
            Ref::Parameter(index) => match self.parameters.origin(*index) {
                Some(origin) => return origin.to_owned(),
                None => self.parameters.get(*index).screaming(),
            },
            Ref::Region => "AWS_REGION".to_owned(),
            Ref::Account => "AWS_ACCOUNT_ID".to_owned(),
            Ref::Partition => return "aws".to_owned(),
            // Nothing is made here.
            Ref::LogGroup(_) | Ref::ExecutionRole | Ref::TaskRole => return String::new(),
        };
        format!("{{{{ must_env `{name}` }}}}")
    }
}

impl Marks for Template<'_> {
    fn literal(&self, escaped: &str) -> String {
        let marked = escaped.replace("{{", "{{ `{{` }}");
        // One bracket at the end could join with a mark behind it.
        match marked.strip_suffix('{') {
            Some(before) => format!("{before}{{{{ `{{` }}}}"),
            None => marked,
        }
    }

    fn inside(&self, reference: &Ref) -> String {
        self.mark(reference)
    }

    fn bare(&self, reference: &Ref) -> String {
        self.mark(reference)
    }
}
