"""GitHub's roles suffice: what Terraform called to apply and to plan an environment is in their lists."""

from pathlib import Path

from iam import listed, statements
from provider_calls import permissions
from terraform import REGION, Terraform, copy_of_iac


def test_the_lists_of_githubs_roles_have_all_that_terraform_calls(tmp_path: Path, moto: str) -> None:
    """Without RDS and what starts runs: of those moto needs minutes or lacks the calls."""
    iac = copy_of_iac(tmp_path / "checkout")
    choices = {"egress": "nat", "warehouse": "existing", "orchestrator": "none", "alarm_email": "ops@example.com"}
    qa = Terraform.on_moto(iac / "environments" / "qa", moto, region=REGION, **choices).init()
    applied, planned = tmp_path / "apply.log", tmp_path / "plan.log"
    logged(qa, applied).apply()
    logged(qa, planned).run("plan", "-no-color", "-input=false")

    bootstrap = Terraform.on_moto(iac / "bootstrap", moto, region=REGION, github_repository="octocat/paceline").init()
    plan = bootstrap.plan()
    texts = {
        change["index"]: change["change"]["after"]["policy"]
        for change in plan["resource_changes"]
        if change["address"].startswith("aws_iam_policy.github")
    }
    reads = allowed(texts["reads"])
    everything = reads.union(*(allowed(text) for area, text in texts.items() if area.startswith("deploy-")))
    assert {"ec2:DescribeVpcs", "s3:GetBucketPolicy", "ecs:DescribeTaskDefinition"} <= permissions(planned)
    assert permissions(planned) - reads == set()
    assert {"ec2:CreateVpc", "iam:PutRolePolicy", "ecs:RegisterTaskDefinition"} <= permissions(applied)
    assert permissions(applied) - everything == set()


def logged(terraform: Terraform, log: Path) -> Terraform:
    return Terraform(terraform.folder, {**terraform.env, "TF_LOG_PROVIDER": "debug", "TF_LOG_PATH": str(log)})


def allowed(policy: str) -> set[str]:
    return {
        action for statement in statements(policy) if statement["Effect"] == "Allow" for action in listed(statement["Action"])
    }
