"""What a test in the browser asks of moto's account: `account.py ENDPOINT role`, or `account.py ENDPOINT read FAMILY`."""

import json
import sys

import boto3


def main():
    endpoint, what, *rest = sys.argv[1:]
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "ap-northeast-2", "endpoint_url": endpoint}
    if what == "role":
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        boto3.client("iam", **keys).create_role(RoleName="ecsTaskExecutionRole", AssumeRolePolicyDocument=json.dumps(trust))
        return
    ecs, logs = boto3.client("ecs", **keys), boto3.client("logs", **keys)
    groups = {g["logGroupName"]: g.get("retentionInDays") for g in logs.describe_log_groups()["logGroups"]}
    clusters = [c["clusterName"] for c in ecs.describe_clusters(clusters=["my-first-cluster"])["clusters"]]
    revisions = ecs.list_task_definitions(familyPrefix=rest[0])["taskDefinitionArns"]
    read = ecs.describe_task_definition(taskDefinition=rest[0], include=["TAGS"]) if revisions else {}
    print(json.dumps({"groups": groups, "clusters": clusters, "revisions": len(revisions), "definition": read.get("taskDefinition"), "tags": read.get("tags")}, default=str))


if __name__ == "__main__":
    main()
