"""Who of GitHub gets in, and what they may do there: evaluated on the policies of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from iam import allows, is_action, is_trusted, listed, overlap, resources_of, statements
from simulated_aws import simulated_aws
from terraform import ACCOUNT, REGION, Terraform, copy_of_iac

# Where AWS knows no resource for an action, or makes up the ids, and why that is so.
UNLIMITED = {
    "DescribeWithoutResource": "reads that AWS cannot limit to a resource",
    "MakeKey": "a new key has no name; it has to have Paceline's tag",
    "NetworkInThisRegion": "a network's ids are AWS's; the region is limited instead",
    "SignInToRegistry": "one token serves all repositories; what may be pushed is limited by name",
    "TaskDefinitionsWithoutResource": "AWS registers and deregisters without a resource",
    "SubscriptionsWithoutResource": "AWS changes and ends a subscription without a resource",
}
PARAMETER = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/paceline-qa/strava/client-secret"
STATE = f"arn:aws:s3:::paceline-tfstate-{ACCOUNT}-{REGION}"
QA, SECRETS, BOOTSTRAP = (f"{STATE}/{key}/terraform.tfstate" for key in ("environments/qa", "secrets/qa", "bootstrap"))
LAKE = f"arn:aws:s3:::paceline-qa-lake-{ACCOUNT}-{REGION}"
RECORDS = f"{LAKE}/bronze/strava/anna/activities/ds=2026-11-29/r1/part-00000.jsonl.gz"
IN_BOTH_FORMS = ("repo:octocat/paceline", "repo:octocat@583231/paceline@1296269")


@dataclass(frozen=True)
class Role:
    trust: str
    policies: tuple[str, ...]

    def may(self, action: str, resource: str) -> bool:
        return allows(self.policies, action, resource)


def roles(plan: Mapping[str, Any]) -> dict[str, Role]:
    after = {change["address"]: change["change"]["after"] for change in plan["resource_changes"]}
    policies: dict[str, list[str]] = {}
    for address in after:
        if address.startswith("aws_iam_role_policy_attachment.github"):
            role, area = address.split('"')[1].split("/")
            policies.setdefault(role, []).append(after[f'aws_iam_policy.github["{area}"]']["policy"])
    return {
        role: Role(after[f'aws_iam_role.github["{role}"]']["assume_role_policy"], tuple(texts))
        for role, texts in policies.items()
    }


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Role]]:
    """The roles, for a repository `with_ids` and one of which `any_id` is accepted."""
    folder = tmp_path_factory.mktemp("github")
    with simulated_aws(folder) as moto:
        bootstrap = copy_of_iac(folder / "checkout") / "bootstrap"
        terraform = Terraform.on_moto(bootstrap, moto, region=REGION, github_repository="octocat/paceline").init()
        pinned = terraform.with_variables(github_owner_id="583231", github_repository_id="1296269")
        return {"any_id": roles(terraform.plan()), "with_ids": roles(pinned.plan())}


@pytest.fixture
def plan(planned: dict[str, dict[str, Role]]) -> Role:
    return planned["any_id"]["plan"]


@pytest.fixture
def deploy(planned: dict[str, dict[str, Role]]) -> Role:
    return planned["any_id"]["deploy"]


@pytest.fixture(params=["plan", "deploy"])
def role(request: pytest.FixtureRequest, planned: dict[str, dict[str, Role]]) -> Role:
    return planned["any_id"][request.param]


@pytest.mark.parametrize("ids", ["any_id", "with_ids"])
@pytest.mark.parametrize("repository", IN_BOTH_FORMS)
@pytest.mark.parametrize(
    ("subject", "trusted_by"),
    [
        ("pull_request", {"plan"}),
        ("ref:refs/heads/main", {"plan", "deploy"}),
        ("ref:refs/heads/release", {"deploy"}),
        ("environment:qa", {"deploy"}),
        ("environment:prod", {"deploy"}),
        ("environment:staging", set()),
        ("ref:refs/heads/feature", set()),
        ("ref:refs/heads/main2", set()),
        ("ref:refs/tags/main", set()),
    ],
)
def test_a_role_is_open_to_its_branches_in_both_forms(
    planned: dict[str, dict[str, Role]], ids: str, repository: str, subject: str, trusted_by: set[str]
) -> None:
    found = {name for name, role in planned[ids].items() if is_trusted(role.trust, f"{repository}:{subject}")}
    assert found == trusted_by


@pytest.mark.parametrize(
    "repository",
    [
        "repo:mallory/paceline",
        "repo:mallory@99/paceline@98",
        "repo:octocat/other",
        "repo:octocat@583231/other@1296270",
        "repo:octocat/paceline-fork",
        "repo:octocat-evil/paceline",
        "repo:octocat-evil@99/paceline@98",
    ],
)
@pytest.mark.parametrize("subject", ["pull_request", "ref:refs/heads/main", "environment:prod"])
def test_neither_a_fork_nor_another_repository_gets_in(role: Role, repository: str, subject: str) -> None:
    assert not is_trusted(role.trust, f"{repository}:{subject}")


def test_a_name_taken_over_by_someone_else_does_not_get_in_with_other_ids(planned: dict[str, dict[str, Role]]) -> None:
    taken_over = "repo:octocat@99/paceline@98:ref:refs/heads/main"
    assert is_trusted(planned["any_id"]["deploy"].trust, taken_over)
    assert not is_trusted(planned["with_ids"]["deploy"].trust, taken_over)


def test_only_tokens_for_aws_are_accepted(role: Role) -> None:
    (statement,) = statements(role.trust)
    assert statement["Condition"]["StringEquals"] == {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}
    assert statement["Principal"] == {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"}


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("ssm:GetParameter", PARAMETER),
        ("ssm:GetParameters", PARAMETER),
        ("ssm:GetParametersByPath", PARAMETER),
        ("ssm:GetParameterHistory", PARAMETER),
        ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!db-1"),
        ("secretsmanager:BatchGetSecretValue", "*"),
        *(
            (action, state)
            for action in ("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")
            for state in (SECRETS, BOOTSTRAP)
        ),
        ("s3:GetObject", RECORDS),
        ("s3:DeleteObject", RECORDS),
        ("s3:DeleteObjectVersion", RECORDS),
        ("ecs:RunTask", f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/paceline-qa-load:1"),
    ],
)
def test_no_secret_and_no_record_is_read(role: Role, action: str, resource: str) -> None:
    assert not role.may(action, resource)


def test_nothing_that_reads_a_secret_is_even_mentioned_but_to_be_denied(role: Role) -> None:
    allowed = {
        action
        for text in role.policies
        for statement in statements(text)
        if statement["Effect"] == "Allow"
        for action in listed(statement["Action"])
    }
    assert not {action for action in allowed if action.startswith(("ssm:", "kms:Decrypt", "secretsmanager:Get", "sts:"))}


def test_plan_reads_a_state_and_writes_its_lock_only(plan: Role) -> None:
    assert plan.may("s3:GetObject", QA)
    assert plan.may("s3:ListBucket", STATE)
    assert not plan.may("s3:PutObject", QA)
    assert plan.may("s3:PutObject", f"{QA}.tflock")
    assert plan.may("s3:DeleteObject", f"{QA}.tflock")


def test_deploy_replaces_a_state_and_never_deletes_it(deploy: Role) -> None:
    assert deploy.may("s3:PutObject", QA)
    assert deploy.may("s3:DeleteObject", f"{QA}.tflock")
    assert not deploy.may("s3:DeleteObject", QA)
    assert not deploy.may("s3:PutBucketPolicy", STATE)
    assert not deploy.may("s3:DeleteBucket", STATE)


def test_deploy_makes_roles_of_environments_and_cannot_change_its_own(deploy: Role) -> None:
    own = [f"arn:aws:iam::{ACCOUNT}:role/paceline-{name}" for name in ("plan", "deploy")]
    for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PassRole"):
        assert deploy.may(action, f"arn:aws:iam::{ACCOUNT}:role/paceline-qa-load-task")
        assert not deploy.may(action, f"arn:aws:iam::{ACCOUNT}:role/admin")
    for action in ("iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole", "iam:AttachRolePolicy"):
        assert not any(deploy.may(action, role) for role in own)
    assert not deploy.may("iam:CreatePolicyVersion", f"arn:aws:iam::{ACCOUNT}:policy/paceline-github-secrets")


def test_plan_changes_nothing(plan: Role) -> None:
    reads = ("Get", "List", "Describe", "View", "Validate")
    for text in plan.policies:
        for statement in statements(text):
            changing = [action for action in listed(statement["Action"]) if not action.split(":")[1].startswith(reads)]
            assert not changing or statement["Effect"] == "Deny" or statement["Sid"] == "LockStates"


def test_actions_are_a_written_list_of_what_aws_has(role: Role) -> None:
    for text in role.policies:
        for statement in statements(text):
            assert [action for action in listed(statement["Action"]) if "*" in action or not is_action(action)] == []


def test_each_action_is_limited_to_resources_that_it_knows(role: Role) -> None:
    for text in role.policies:
        for statement in statements(text):
            for action in listed(statement["Action"]):
                known, given = resources_of(action), listed(statement["Resource"])
                if given != ["*"]:
                    assert known, f"{action} cannot be limited to a resource, so {statement['Sid']} does not allow it"
                    assert any(overlap(one, other) for one in known for other in given), f"{action} in {statement['Sid']}"
                elif statement["Effect"] == "Allow":
                    assert statement["Sid"] in UNLIMITED
                    assert not known or action.startswith("ec2:"), f"{action} in {statement['Sid']} can be limited to {known}"


def test_each_policy_fits_into_what_aws_accepts(role: Role) -> None:
    assert len(role.policies) <= 10
    assert max(len(text) for text in role.policies) <= 6144
