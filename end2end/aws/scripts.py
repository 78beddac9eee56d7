"""deploy.sh and teardown.sh with the real AWS CLI against moto_server: what they make, leave alone and take away."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import boto3

from servers import call, moto, taskwright

REGION = "ap-northeast-2"
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": REGION}
CHECKS = 0


def check(right, words):
    global CHECKS
    assert right, words
    CHECKS += 1


class Account:
    """An AWS account of moto's, and Bash with the AWS CLI signed in to it."""

    def __init__(self, endpoint, folder):
        self.folder = folder
        self.ecs, self.logs, self.iam = (boto3.client(name, endpoint_url=endpoint, **KEYS) for name in ("ecs", "logs", "iam"))
        # The CLI beside this Python, and nothing of the person who runs the tests.
        tools = pathlib.Path(sys.executable).parent
        self.env = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": folder, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "testing",
                    "AWS_SECRET_ACCESS_KEY": "testing", "LC_ALL": "C.UTF-8"}

    def run(self, script, *args):
        ran = subprocess.run(["bash", "-c", script, "bash", *args], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr

    def revisions(self, family="my-task"):
        arns = self.ecs.list_task_definitions(familyPrefix=family, status="ACTIVE")["taskDefinitionArns"]
        return [int(a.rsplit(":", 1)[1]) for a in arns]

    def cluster(self, name):
        return [c["status"] for c in self.ecs.describe_clusters(clusters=[name])["clusters"] if c["status"] == "ACTIVE"]

    def groups(self):
        return {g["logGroupName"]: g.get("retentionInDays") for g in self.logs.describe_log_groups()["logGroups"]}


class Drafted:
    """A draft, and its scripts as they are now."""

    def __init__(self, site, **body):
        self.site, made = site, json.loads(call(f"{site}/api/v1/drafts", body))
        self.draft = f"{site}/api/v1/drafts/{made['edit']['token']}"
        # An example is registered only with images of one's own.
        read = json.loads(call(self.draft))["taskDefinition"]
        self.change(containerDefinitions=json.loads(json.dumps(read["containerDefinitions"]).replace("/myid/", "/kim7/")))

    def script(self, name, lang="en"):
        return call(f"{self.draft}/export/{name}?lang={lang}").decode()

    def definition(self):
        return json.loads(call(f"{self.draft}/export/json"))

    def change(self, **fields):
        read = json.loads(call(self.draft))
        call(self.draft, {"taskDefinition": {**read["taskDefinition"], **fields}}, "PUT", **{"if-match": f'"{read["revision"]}"'})


def tutorial(site, folder):
    with moto() as endpoint:
        account, draft = Account(endpoint, folder), Drafted(site, preset="tutorial")
        code, said = account.run(draft.script("deploy.sh"), "--dry-run")
        check(code == 0 and not account.cluster("my-first-cluster") and not account.groups() and not account.revisions(), f"a dry run made something: {said}")
        code, said = account.run(draft.script("deploy.sh"))
        check(code == 1 and "aws iam create-role" in said and not account.revisions(), f"a missing role stops it: {said}")
        making = "\n".join(line for line in said.splitlines() if line.startswith("aws iam "))
        code, said = account.run(making)
        check(code == 0, f"the commands for the role can be run as they stand: {said}")
        code, said = account.run(draft.script("deploy.sh", "ko"))
        check(code == 0 and account.revisions() == [1], said)
        check(account.cluster("my-first-cluster") == ["ACTIVE"] and account.groups() == {"/ecs/my-task": 30}, "cluster and log group")
        read = account.ecs.describe_task_definition(taskDefinition="my-task")["taskDefinition"]
        for key, value in draft.definition().items():
            if key == "containerDefinitions":  # moto adds host ports
                same = all(read[key][i].get(k) == v for i, c in enumerate(value) for k, v in c.items() if k != "portMappings")
                check(same and len(read[key]) == 2, f"{read[key]}")
            else:
                check(read.get(key) == value, f"{key}: {read.get(key)}")
        code, said = account.run(draft.script("deploy.sh"))
        check(code == 0 and account.revisions() == [1], f"the same again makes nothing: {said}")
        draft.change(cpu="512")
        code, said = account.run(draft.script("deploy.sh"))
        check(code == 0 and account.revisions() == [1, 2], f"another definition is another revision: {said}")
        # What is not of this draft: another family, and a service of it in the same cluster.
        account.ecs.register_task_definition(family="my-task-of-others", containerDefinitions=[{"name": "a", "image": "b", "memory": 128}])
        account.ecs.create_service(cluster="my-first-cluster", serviceName="theirs", taskDefinition="my-task-of-others", desiredCount=0)
        account.ecs.create_service(cluster="my-first-cluster", serviceName="ours", taskDefinition="my-task:2", desiredCount=1)
        code, said = account.run(draft.script("teardown.sh"))
        check(code == 0 and account.revisions() == [1, 2] and account.groups() and "service" in said, f"without --yes it only shows: {said}")
        code, said = account.run(draft.script("teardown.sh", "ko"), "--yes")
        services = account.ecs.describe_services(cluster="my-first-cluster", services=["ours", "theirs"])["services"]
        active = [s["serviceName"] for s in services if s["status"] == "ACTIVE"]
        check(code == 0 and active == ["theirs"], f"{active}: {said}")
        check(account.revisions() == [] and account.revisions("my-task-of-others") == [1], "only this draft's revisions are deregistered")
        check(account.groups() == {} and account.cluster("my-first-cluster") == [], "log group and cluster are gone")
        code, said = account.run(draft.script("teardown.sh"), "--yes")
        check(code == 0, f"nothing is left to take away: {said}")


def of_others(site, folder):
    """A cluster and a log group that were there before stay."""
    with moto() as endpoint:
        account, draft = Account(endpoint, folder), Drafted(site, preset="tutorial")
        account.ecs.create_cluster(clusterName="my-first-cluster")
        account.logs.create_log_group(logGroupName="/ecs/my-task")
        account.iam.create_role(RoleName="ecsTaskExecutionRole", AssumeRolePolicyDocument="{}")
        check(account.run(draft.script("deploy.sh"))[0] == 0 and account.revisions() == [1], "deployed")
        check(account.groups() == {"/ecs/my-task": None}, "their log group keeps its retention")
        code, said = account.run(draft.script("teardown.sh"), "--yes")
        check(code == 0 and account.revisions() == [] and account.groups() and account.cluster("my-first-cluster"), said)


def hostile(site, folder):
    """A name that AWS could not have makes no script; any other text arrives as it is, and nothing of it is run."""
    text = "a b's \"c\" $(touch canary) `touch canary` ; touch canary 한글"
    container = {"name": "a", "image": "b", "memory": 128, "command": ["echo", text], "environment": [{"name": "A", "value": text}],
                 "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/a", "awslogs-region": REGION}}}
    definition = {"family": "a", "requiresCompatibilities": ["EC2"], "containerDefinitions": [container]}
    with moto() as endpoint:
        account = Account(endpoint, folder)
        for place, named in (("family", {"taskDefinition": {**definition, "family": text}}), ("cluster", {"cluster": {"name": text, "launch": "EC2"}})):
            given = {"taskDefinition": definition, "region": REGION, "cluster": {"name": "a", "launch": "EC2"}, **named}
            try:
                refused = Drafted(site, **given).script("deploy.sh")
            except urllib.error.HTTPError as error:
                refused = f"{error.code} {json.load(error)['error']['code']}"
            check(refused == "422 no-script", f"{place}: {refused}")
        draft = Drafted(site, taskDefinition=definition, region=REGION, cluster={"name": "a", "launch": "EC2"})
        code, said = account.run(draft.script("deploy.sh"))
        check(code == 0 and account.cluster("a") == ["ACTIVE"] and list(account.groups()) == ["/ecs/a"], said)
        read = account.ecs.describe_task_definition(taskDefinition="a")["taskDefinition"]["containerDefinitions"][0]
        check(read["command"] == ["echo", text] and read["environment"] == container["environment"], f"{read}")
        check(account.run(draft.script("deploy.sh"))[0] == 0 and len(account.revisions("a")) == 1, "and known again")
        check(account.run(draft.script("teardown.sh"), "--yes")[0] == 0 and not account.groups() and not account.cluster("a"), "and taken away")
        check(not list(pathlib.Path(folder).rglob("canary")), "a text was run")


def from_page(folder):
    """What a page registered is known to the scripts: not registered again, and taken away."""
    with moto() as endpoint, taskwright(folder, "--aws", "paste", "--aws-endpoint", endpoint) as site:
        account, draft = Account(endpoint, folder), Drafted(site, preset="tutorial")
        trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        account.iam.create_role(RoleName="ecsTaskExecutionRole", AssumeRolePolicyDocument=json.dumps(trust))
        keys = {"key-id": "ASIATESTTESTTESTTEST", "key-secret": "s", "key-token": "t"}

        def press(url, **pairs):
            # As a browser sends it.
            request = urllib.request.Request(url, urllib.parse.urlencode({**keys, **pairs}).encode(), {"origin": site, "sec-fetch-site": "same-origin"})
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.geturl(), reply.read().decode()

        operation, page = press(f"{site}/en/d/{draft.draft.rsplit('/', 1)[1]}/register", op="look")
        agreed = re.search('name="hash" value="([0-9a-f]+)"', page) or re.search('value="([0-9a-f]+)" name="hash"', page)
        press(operation, op="begin", agree="yes", hash=agreed[1])
        check(account.revisions() == [1], "the page registered")
        code, said = account.run(draft.script("deploy.sh"))
        check(code == 0 and account.revisions() == [1], f"deploy.sh knows it: {said}")
        code, said = account.run(draft.script("teardown.sh"), "--yes")
        check(code == 0 and account.revisions() == [] and not account.groups() and not account.cluster("my-first-cluster"), f"teardown.sh takes it away: {said}")


def main():
    with tempfile.TemporaryDirectory() as folder, taskwright(folder) as site:
        tutorial(site, folder)
        of_others(site, folder)
        hostile(site, folder)
    with tempfile.TemporaryDirectory() as folder:
        from_page(folder)
    print(f"{CHECKS} passed, 0 failed")


if __name__ == "__main__":
    main()
