"""What others' checkers say of the files that drafts become: cfn-lint, the schemas of Compose and of GitHub, shellcheck.

The folder is the first argument: DRAFT/FORMAT/FILES, as `cargo test --package taskdef --test export` writes them. Each checker
first has to find what is wrong with a file that was broken on purpose.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

PYTHON = sys.executable


def check(command, files):
    """The checker's exit code and words."""
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def judged(name, command, files, right, wrong):
    """All files are right, and the checker sees the fault that was put into one."""
    assert files, f"{name}: no file"
    code, said = check(command, files)
    assert code == 0, f"{name}: {said}"
    text = files[0].read_text()
    assert right in text, f"{name}: {right!r} is not in {files[0]}"
    with tempfile.TemporaryDirectory() as folder:
        broken = pathlib.Path(folder) / files[0].name
        broken.write_text(text.replace(right, wrong, 1))
        code, said = check(command, [broken])
        assert code != 0, f"{name} sees nothing wrong with {wrong!r}: {said}"
    print(f"{name}: {len(files)} files")


# Keys of the schema that no definition has: CloudFormation sets the first, and AWS ended the service of the others.
NOT_WRITTEN = {"TaskDefinitionArn", "InferenceAccelerators", "InferenceAccelerators.DeviceName", "InferenceAccelerators.DeviceType"}
# Keys of these are people's own.
MAPS = {"DockerLabels", "Options", "DriverOpts", "Labels"}


def of_schema(schema, node, at, found):
    """Every key of CloudFormation's schema, by its place."""
    node = schema["definitions"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node
    if "items" in node:
        of_schema(schema, node["items"], at, found)
    for key, value in node.get("properties", {}).items():
        place = f"{at}.{key}".lstrip(".")
        found.add(place)
        if key not in MAPS:
            of_schema(schema, value, place, found)
    return found


def of_template(value, at, found):
    """Every key of a definition, by its place."""
    for item in value if isinstance(value, list) else []:
        of_template(item, at, found)
    for key, inner in value.items() if isinstance(value, dict) and len(value) and not next(iter(value)).startswith(("Fn::", "Ref")) else []:
        place = f"{at}.{key}".lstrip(".")
        found.add(place)
        if key not in MAPS:
            of_template(inner, place, found)
    return found


def keys(template):
    """A template with every field has the keys of CloudFormation's schema and no other: a new one fails by its name."""
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::ECS::TaskDefinition").schema
    theirs = of_schema(schema, schema, "", set()) - NOT_WRITTEN
    ours = of_template(json.loads(template.read_text())["Resources"]["TaskDefinition"]["Properties"], "", set())
    assert len(theirs) > 100 and ours == theirs, f"only in the schema: {sorted(theirs - ours)}; only in the template: {sorted(ours - theirs)}"
    print(f"CloudFormation schema: {len(ours)} keys")


def main():
    folder = pathlib.Path(sys.argv[1])
    drafts = sorted(path for path in folder.iterdir() if path.is_dir())
    assert len(drafts) >= 30, f"{len(drafts)} drafts"
    each = lambda name: [path for draft in drafts for path in [draft / name] if path.exists()]
    keys(folder / "every.json")
    lint = [str(pathlib.Path(PYTHON).with_name("cfn-lint")), "--"]
    for form, right, wrong in [("yaml", "NetworkMode: awsvpc", "NetworkMode: bridged"), ("json", '"NetworkMode": "awsvpc"', '"NetworkMode": "bridged"')]:
        templates = each(f"cloudformation/template.{form}")
        templates.sort(key=lambda path: right not in path.read_text())
        judged(f"cfn-lint, {form}", lint, templates, right, wrong)
    schema = [PYTHON, "-m", "check_jsonschema", "--builtin-schema"]
    judged("Compose schema", [*schema, "vendor.compose-spec"], each("compose/compose.yaml"), "services:", "servises:")
    judged("GitHub schema", [*schema, "vendor.github-workflows"], each("github-actions/.github/workflows/deploy.yml"), "steps:", "stages:")
    # That nothing in single quotes is read is what they are for.
    judged("shellcheck", ["shellcheck", "--exclude", "SC2016"], each("aws-cli/register.sh"), 'input-json "$definition"', "input-json $definition")


if __name__ == "__main__":
    main()
