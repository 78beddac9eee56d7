"""Takes what `cargo xtask facts` compares out of the installed botocore and cfn-lint, as one JSON on standard output."""

import gzip
import json
from importlib.metadata import version
from pathlib import Path

import botocore
import cfnlint

RESOURCE = "AWS::ECS::TaskDefinition"
boto = Path(botocore.__file__).parent / "data"
lint = Path(cfnlint.__file__).parent / "data/schemas"


def read(path):
    text = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with text:
        return json.load(text)


# The newest of the API's versions.
model = max((boto / "ecs").glob("*/service-2.json*"))
providers = {path.stem: read(path) for path in (lint / "providers").glob("*.json") if path.stem != "sam"}
extensions = lint / "extensions/aws_ecs_taskdefinition"
print(
    json.dumps(
        {
            "versions": {"botocore": version("botocore"), "cfn-lint": version("cfn-lint")},
            "ecs": read(model),
            "endpoints": read(boto / "endpoints.json"),
            "cloudformation": read(lint / "resources" / f"{providers['us-east-1'][RESOURCE]}.json"),
            "fargate": read(extensions / "fargate_cpu_memory.json"),
            "awslogs": read(extensions / "logging_configuration.json"),
            "regions": sorted(region for region, has in providers.items() if RESOURCE in has),
        }
    )
)
