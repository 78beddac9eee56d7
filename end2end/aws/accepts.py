"""The exported file passes botocore's own validation and is registered by moto_server."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import botocore.session
from botocore.config import Config
from botocore.validate import ParamValidator

ROOT = pathlib.Path(__file__).resolve().parents[2]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=20))


def exported(folder):
    """The tutorial's definition as the program exports it."""
    database = f"sqlite:{folder}/drafts.db"
    command = [os.environ["TASKWRIGHT_BINARY"], "--addr", "127.0.0.1:0", "--database", database, "--site", os.environ["TASKWRIGHT_SITE"]]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        base = server.stdout.readline().strip().removeprefix("listening on ")
        made = post(f"{base}/api/v1/drafts", {"preset": "tutorial"})
        url = f"{base}/api/v1/drafts/{made['edit']['token']}/export/json"
        return json.load(urllib.request.urlopen(url, timeout=20))
    finally:
        server.terminate()
        server.wait(20)


def client(endpoint):
    session = botocore.session.get_session()
    session.set_credentials("testing", "testing")
    return session.create_client("ecs", region_name="ap-northeast-2", endpoint_url=endpoint, config=Config(retries={"max_attempts": 1}))


def moto():
    """A moto_server on a free port; it is ready when it answers."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return server, f"http://127.0.0.1:{port}"
        time.sleep(0.2)
    raise SystemExit("moto_server did not start")


def main():
    with tempfile.TemporaryDirectory() as folder:
        definition = exported(folder)
    expected = ROOT.parent / "shared/tutorial/expected-task-definition.json"
    checks = 0
    if expected.exists():
        assert definition == json.loads(expected.read_text()), "the export is not the tutorial's definition"
        checks += 1
    elif os.environ.get("CI"):
        raise SystemExit(f"{expected} is missing")
    else:
        print("SKIPPED a comparison: the tutorial's file is not on this machine")
    model = client("http://127.0.0.1:1").meta.service_model.operation_model("RegisterTaskDefinition")
    report = ParamValidator().validate(definition, model.input_shape)
    assert not report.has_errors(), report.generate_report()
    wrong = dict(definition, cpu=1024)
    assert ParamValidator().validate(wrong, model.input_shape).has_errors(), "the validator must see a wrong type"
    server, endpoint = moto()
    try:
        ecs = client(endpoint)
        made = ecs.register_task_definition(**definition)["taskDefinition"]
        read = ecs.describe_task_definition(taskDefinition="my-task:1")["taskDefinition"]
        names = [c["name"] for c in read["containerDefinitions"]]
        assert made["revision"] == 1 and names == ["my-webserver", "my-nginx"], names
    finally:
        server.terminate()
        server.wait(20)
    print(f"{checks + 3} passed, 0 failed")


if __name__ == "__main__":
    main()
