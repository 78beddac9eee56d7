//! What other programs read in the files: YAML, HCL, JSON, a shell.

use hcl::eval::{Context, FuncArgs, FuncDef, ParamType};
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

/// A YAML document; CloudFormation's short tags as their long forms.
pub fn yaml(text: &str) -> Value {
    let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(documents.len(), 1, "{text}");
    of_yaml(&documents[0])
}

fn of_yaml(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(b)) => json!(b),
        Yaml::Value(Scalar::Integer(n)) => json!(n),
        Yaml::Value(Scalar::FloatingPoint(n)) => panic!("{n:?} is no string"),
        Yaml::Value(Scalar::String(text)) => json!(text),
        Yaml::Sequence(items) => items.iter().map(of_yaml).collect(),
        Yaml::Mapping(pairs) => pairs.iter().map(|(k, v)| (of_yaml(k).as_str().unwrap().to_owned(), of_yaml(v))).collect::<Map<_, _>>().into(),
        Yaml::Tagged(tag, inner) => {
            let name = if tag.suffix == "Ref" { "Ref".to_owned() } else { format!("Fn::{}", tag.suffix) };
            let inner = match (&*tag.suffix, of_yaml(inner)) {
                ("GetAtt", Value::String(path)) => json!(path.split_once('.').map(|(a, b)| [a, b]).unwrap()),
                (_, inner) => inner,
            };
            json!({ name: inner })
        }
        other => panic!("{other:?}"),
    }
}

/// The task definition of a CloudFormation template, in the API's spelling; parameters have their defaults, and their
/// placeholders where they have none.
pub fn cloudformation(template: &Value) -> Value {
    let properties = &template["Resources"]["TaskDefinition"]["Properties"];
    let Value::Object(pairs) = resolved(properties, template) else { panic!("no properties") };
    object(pairs, "")
}

fn object(pairs: Map<String, Value>, parent: &str) -> Value {
    // Keys of these are data.
    if ["DockerLabels", "Options", "DriverOpts", "Labels"].contains(&parent) {
        return pairs.into();
    }
    let mut out = Map::new();
    for (key, value) in pairs {
        let api = match key.as_str() {
            "EFSVolumeConfiguration" => "efsVolumeConfiguration".to_owned(),
            "FilesystemId" => "fileSystemId".to_owned(),
            "IAM" => "iam".to_owned(),
            "FSxWindowsFileServerVolumeConfiguration" => "fsxWindowsFileServerVolumeConfiguration".to_owned(),
            "S3FilesVolumeConfiguration" => "s3filesVolumeConfiguration".to_owned(),
            "ProxyConfigurationProperties" => "properties".to_owned(),
            key => key[..1].to_lowercase() + &key[1..],
        };
        out.insert(api, lowered(value, &key));
    }
    out.into()
}

fn lowered(value: Value, key: &str) -> Value {
    match value {
        Value::Object(pairs) => object(pairs, key),
        Value::Array(items) => items.into_iter().map(|item| lowered(item, key)).collect(),
        other => other,
    }
}

/// CloudFormation's functions, as its documentation describes them.
fn resolved(value: &Value, template: &Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("Ref") => parameter(map["Ref"].as_str().unwrap(), template),
        Value::Object(map) if map.len() == 1 && map.contains_key("Fn::Join") => {
            let [between, parts] = map["Fn::Join"].as_array().unwrap().as_slice() else { panic!("{map:?}") };
            let parts: Vec<String> = parts.as_array().unwrap().iter().map(|p| resolved(p, template).as_str().unwrap().to_owned()).collect();
            json!(parts.join(between.as_str().unwrap()))
        }
        Value::Object(map) if map.len() == 1 && map.contains_key("Fn::Sub") => {
            let (mut out, mut rest) = (String::new(), map["Fn::Sub"].as_str().unwrap());
            while let Some((before, after)) = rest.split_once("${") {
                let (name, end) = after.split_once('}').unwrap_or((after, ""));
                out += before;
                match name.strip_prefix('!') {
                    // Only the sign is taken out; what follows is read on.
                    Some(_) => {
                        out += "${";
                        rest = &after[1..];
                    }
                    None => {
                        out += parameter(name, template).as_str().unwrap();
                        rest = end;
                    }
                }
            }
            json!(out + rest)
        }
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), resolved(v, template))).collect::<Map<_, _>>().into(),
        Value::Array(items) => items.iter().map(|item| resolved(item, template)).collect(),
        other => other.clone(),
    }
}

fn parameter(name: &str, template: &Value) -> Value {
    match name {
        "AWS::Partition" => json!("aws"),
        "AWS::AccountId" => json!("111122223333"),
        "AWS::Region" => json!("ap-northeast-2"),
        name => {
            let parameter = &template["Parameters"][name];
            assert!(parameter.is_object(), "{name} is no parameter");
            match parameter.get("Default") {
                Some(default) => default.clone(),
                None => json!(format!("${{{}}}", parameter["Description"].as_str().unwrap().strip_prefix("Placeholder ").unwrap())),
            }
        }
    }
}

/// The containers of Terraform configuration, with its variables' defaults.
pub fn terraform(text: &str) -> Value {
    let body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut variables = hcl::Map::new();
    for block in body.blocks().filter(|b| b.identifier() == "variable") {
        let name = block.labels()[0].as_str().to_owned();
        let default = block.body().attributes().find(|a| a.key() == "default");
        let value = default
            .map_or_else(|| hcl::Value::from(format!("${{{}}}", name.to_uppercase())), |a| hcl::eval::Evaluate::evaluate(a.expr(), &Context::new()).unwrap());
        variables.insert(name, value);
    }
    let mut context = Context::new();
    context.declare_var("var", hcl::Value::Object(variables));
    let same = |args: FuncArgs| Ok(args[0].clone());
    for name in ["jsonencode", "tonumber"] {
        context.declare_func(name, FuncDef::builder().param(ParamType::Any).build(same));
    }
    let resource = body.blocks().find(|b| b.labels().first().is_some_and(|l| l.as_str() == "aws_ecs_task_definition")).unwrap();
    let expression = resource.body().attributes().find(|a| a.key() == "container_definitions").unwrap().expr();
    let value = hcl::eval::Evaluate::evaluate(expression, &context).unwrap_or_else(|error| panic!("{error}\n{text}"));
    serde_json::to_value(value).unwrap()
}

/// A string of a Compose file as the container gets it.
pub fn compose(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            assert!(!text.replace("$$", "").contains('$'), "a sign that Compose reads: {text}");
            json!(text.replace("$$", "$"))
        }
        Value::Array(items) => items.iter().map(compose).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), compose(v))).collect::<Map<_, _>>().into(),
        other => other.clone(),
    }
}

/// A file in Go's template language, then as JSON. Only raw strings and `must_env` occur.
pub fn go_template(text: &str) -> Value {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        out += before;
        let raw = after.split('`').nth(1).unwrap();
        out += &if after.starts_with(" must_env") { format!("${{{raw}}}") } else { raw.to_owned() };
        let end = after.match_indices('`').nth(1).unwrap().0 + 1;
        rest = after[end..].trim_start().strip_prefix("}}").unwrap_or_else(|| panic!("{after}"));
    }
    serde_json::from_str(&(out + rest)).unwrap()
}

/// The definition in a script: the word behind `definition=`.
pub fn script(text: &str) -> Value {
    let from = text.find("definition='").unwrap();
    let words = shlex::split(&text[from..]).unwrap();
    serde_json::from_str(words[0].strip_prefix("definition=").unwrap()).unwrap()
}
