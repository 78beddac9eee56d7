"""The exported file passes botocore's own validation and is registered by moto_server."""

import json
import pathlib
import tempfile

import botocore.session
from botocore.config import Config
from botocore.validate import ParamValidator

from servers import call, moto, taskwright

ROOT = pathlib.Path(__file__).resolve().parents[2]


def exported(folder):
    """The tutorial's definition as the program exports it."""
    with taskwright(folder) as site:
        made = json.loads(call(f"{site}/api/v1/drafts", {"preset": "tutorial"}))
        return json.loads(call(f"{site}/api/v1/drafts/{made['edit']['token']}/export/json"))


def client(endpoint):
    session = botocore.session.get_session()
    session.set_credentials("testing", "testing")
    return session.create_client("ecs", region_name="ap-northeast-2", endpoint_url=endpoint, config=Config(retries={"max_attempts": 1}))


def main():
    with tempfile.TemporaryDirectory() as folder:
        definition = exported(folder)
    expected = ROOT / "app/taskdef/tests/fixtures/tutorial.json"
    assert definition == json.loads(expected.read_text()), "the export is not the tutorial's definition"
    model = client("http://127.0.0.1:1").meta.service_model.operation_model("RegisterTaskDefinition")
    report = ParamValidator().validate(definition, model.input_shape)
    assert not report.has_errors(), report.generate_report()
    wrong = dict(definition, cpu=1024)
    assert ParamValidator().validate(wrong, model.input_shape).has_errors(), "the validator must see a wrong type"
    with moto() as endpoint:
        ecs = client(endpoint)
        made = ecs.register_task_definition(**definition)["taskDefinition"]
        read = ecs.describe_task_definition(taskDefinition="my-task:1")["taskDefinition"]
        names = [c["name"] for c in read["containerDefinitions"]]
        assert made["revision"] == 1 and names == ["my-webserver", "my-nginx"], names
    print("4 passed, 0 failed")


if __name__ == "__main__":
    main()
