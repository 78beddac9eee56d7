"""What others' checkers say of the files that drafts become: cfn-lint, the schemas of Compose and of GitHub, shellcheck.

The folder is the first argument: DRAFT/FORMAT/FILES, as `cargo test --package taskdef --test export` writes them. Each checker
first has to find what is wrong with a file that was broken on purpose.
"""

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


def main():
    folder = pathlib.Path(sys.argv[1])
    drafts = sorted(path for path in folder.iterdir() if path.is_dir())
    assert len(drafts) >= 30, f"{len(drafts)} drafts"
    each = lambda name: [path for draft in drafts for path in [draft / name] if path.exists()]
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
