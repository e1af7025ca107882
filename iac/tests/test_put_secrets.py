"""The secrets of an environment: declared by Terraform, filled by `put-secrets`, and in neither state nor plan."""

import fcntl
import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from paceline_aws.asking import known_otherwise
from paceline_aws.parameters import chosen, parameters_of
from paceline_aws.put_secrets import from_environment
from paceline_aws.values import check, is_secret, resolved
from paceline_local.clean_environment import clean_environment
from paceline_local.failure import Failure
from paceline_local.paths import CHECKOUT
from terraform import REGION, Terraform, changes

# Appears nowhere but in SSM.
PLANTED = "pl4nted-S3cret"
VALUES = {
    "PACELINE_STRAVA_ACCOUNTS": "anna,ben",
    "PACELINE_STRAVA_CLIENT_ID": "12345",
    "PACELINE_STRAVA_CLIENT_SECRET": PLANTED,
    "PACELINE_WAREHOUSE": "postgresql://paceline@db.example:5432/warehouse",
    "PACELINE_WAREHOUSE_PASSWORD": f"{PLANTED}-2",
}
NAMES = ["strava/accounts", "strava/client-id", "strava/client-secret", "warehouse/password", "warehouse/url"]
# Makes the terminal on standard input the process's own, so that it can be asked without an echo.
_AT_A_TERMINAL = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


def secrets_root(iac: Path, moto: str, warehouse: str = "existing") -> Terraform:
    return Terraform.on_moto(iac / "secrets", moto, environment="qa", region=REGION, warehouse=warehouse).init()


def environment(moto: str, **variables: str) -> dict[str, str]:
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_CONFIG_FILE": os.devnull}
    return clean_environment({"AWS_ENDPOINT_URL": moto, "AWS_REGION": REGION, **keys, **variables})


def put_secrets(moto: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CHECKOUT / "iac" / "scripts" / "put-secrets", "qa", *words],
        env=environment(moto, **variables),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def stored(moto: str) -> dict[str, str]:
    ssm = boto3.client("ssm", endpoint_url=moto, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")
    found = ssm.get_parameters_by_path(Path="/paceline-qa", Recursive=True, WithDecryption=True)["Parameters"]
    assert {parameter["Type"] for parameter in found} <= {"SecureString"}
    return {parameter["Name"].removeprefix("/paceline-qa/"): parameter["Value"] for parameter in found}


def holders_of(text: str, folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


def test_a_secret_is_in_neither_state_nor_plan_and_terraform_leaves_it_alone(iac: Path, moto: str) -> None:
    root = secrets_root(iac, moto)
    root.apply()
    assert put_secrets(moto, "--list").stdout.count("not set") == len(NAMES)

    done = put_secrets(moto, **VALUES)
    assert done.returncode == 0, done.stderr
    assert stored(moto) == {parameter.short: VALUES[parameter.variable] for parameter in parameters_of("paceline-qa")}
    assert PLANTED not in done.stdout + done.stderr

    assert changes(root.plan("-refresh=true")) == {}
    assert stored(moto)["strava/client-secret"] == PLANTED
    # The plan is a zip, so its text is looked at as well.
    assert PLANTED not in root.run("show", "-json", "plan.tfplan") + json.dumps(root.state())
    assert holders_of(PLANTED, root.folder) == []

    listed = put_secrets(moto, "--list").stdout
    assert listed.count("set ") == len(NAMES)
    assert "not set" not in listed
    assert PLANTED not in listed
    assert put_secrets(moto, "--list", AWS_REGION="eu-north-1").returncode != 0

    other = root.with_variables(environment="prod").attempt("plan", "-no-color", "-input=false")
    said = " ".join(other.stderr.replace("│", " ").split())
    assert (other.returncode, "This state has the secrets of qa. Run: iac/scripts/init secrets prod" in said) == (1, True)

    root.destroy()
    assert stored(moto) == {}


def test_with_rds_the_password_is_no_parameter(iac: Path, moto: str) -> None:
    secrets_root(iac, moto, "rds").apply()
    given = {name: value for name, value in VALUES.items() if name != "PACELINE_WAREHOUSE_PASSWORD"}
    done = put_secrets(moto, **given)
    assert done.returncode == 0, done.stderr
    assert "password" not in put_secrets(moto, "--list").stdout
    assert sorted(stored(moto)) == [name for name in NAMES if name != "warehouse/password"]


@pytest.fixture
def declared(moto: str) -> str:
    """An account where iac/secrets is applied, without Terraform."""
    ssm = boto3.client("ssm", endpoint_url=moto, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")
    for name in NAMES:
        ssm.put_parameter(Name=f"/paceline-qa/{name}", Value="not set: run iac/scripts/put-secrets", Type="SecureString")
    return moto


def at_a_terminal(moto: str, answers: Mapping[str, str], *words: str, **variables: str) -> tuple[int, str]:
    """The exit code, and all that the terminal showed. Each prompt is answered when it is there."""
    ours, theirs = pty.openpty()
    command = [str(CHECKOUT / "iac" / "scripts" / "put-secrets"), "qa", *words]
    process = subprocess.Popen(
        [sys.executable, "-c", _AT_A_TERMINAL, *command],
        env=environment(moto, **variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    assert fcntl.fcntl(ours, fcntl.F_GETFD) >= 0
    shown, waiting = "", list(answers.items())
    with os.fdopen(ours, "rb", buffering=0) as screen:
        answered = 0
        while True:
            try:
                chunk = screen.read(4096)
            except OSError:  # Linux: the other side is closed
                break
            if not chunk:
                break
            shown += chunk.decode()
            if waiting and waiting[0][0] in shown[answered:] and shown.endswith(": "):
                answered = len(shown)
                os.write(screen.fileno(), f"{waiting.pop(0)[1]}\n".encode())
    assert not waiting, shown
    return process.wait(), shown


def test_a_terminal_asks_for_what_is_missing_and_shows_no_secret(declared: str) -> None:
    answers = {
        "strava/client-id": "12345",
        "strava/client-secret": PLANTED,
        "warehouse/password": "",
        "warehouse/url": VALUES["PACELINE_WAREHOUSE"],
    }
    code, shown = at_a_terminal(declared, answers, PACELINE_STRAVA_ACCOUNTS="anna,ben")
    assert code == 0, shown
    assert "12345" in shown
    assert PLANTED not in shown
    values = stored(declared)
    assert values["strava/client-secret"] == PLANTED
    assert values["warehouse/password"].startswith("not set:")

    code, shown = at_a_terminal(declared, {"strava/client-id (Enter keeps the present one)": ""}, "strava/client-id")
    assert (code, "Nothing was changed." in shown) == (0, True)
    assert stored(declared) == values


def test_a_value_that_cannot_be_used_is_asked_for_again(declared: str) -> None:
    wrong, right = VALUES["PACELINE_WAREHOUSE"].replace("@", ":hush@"), VALUES["PACELINE_WAREHOUSE"]
    code, shown = at_a_terminal(
        declared, {"warehouse/url (Enter leaves it unset)": wrong, "contains a password": right}, "warehouse/url"
    )
    assert code == 0, shown
    assert stored(declared)["warehouse/url"] == right


def test_nothing_is_stored_if_one_value_is_wrong_or_missing(declared: str) -> None:
    before = stored(declared)
    wrong = put_secrets(declared, **{**VALUES, "PACELINE_STRAVA_CLIENT_ID": f"{PLANTED} "})
    assert (wrong.returncode, PLANTED in wrong.stdout + wrong.stderr) == (78, False)
    assert "The value for PACELINE_STRAVA_CLIENT_ID begins or ends with a space." in wrong.stderr
    missing = put_secrets(declared, **{name: value for name, value in VALUES.items() if name != "PACELINE_STRAVA_ACCOUNTS"})
    assert (missing.returncode, "Nobody can be asked for PACELINE_STRAVA_ACCOUNTS." in missing.stderr) == (64, True)
    assert stored(declared) == before


def test_what_is_set_stays_if_only_one_value_is_given(declared: str) -> None:
    assert put_secrets(declared, **VALUES).returncode == 0
    done = put_secrets(declared, PACELINE_STRAVA_CLIENT_SECRET="rotated")
    assert done.stdout.splitlines() == ["/paceline-qa/strava/client-secret is set."]
    assert stored(declared)["strava/client-secret"] == "rotated"


def test_without_iac_secrets_it_says_what_to_apply(moto: str) -> None:
    done = put_secrets(moto, "--list")
    assert (done.returncode, "terraform -chdir=iac/secrets apply" in done.stderr) == (78, True)


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("PACELINE_STRAVA_CLIENT_ID", "12a", "digits only"),
        ("PACELINE_STRAVA_CLIENT_SECRET", " ", "is empty"),
        ("PACELINE_STRAVA_CLIENT_SECRET", "a\nb", "control character"),
        ("PACELINE_STRAVA_CLIENT_SECRET", "ssm:/elsewhere", "is a reference"),
        ("PACELINE_STRAVA_CLIENT_SECRET", "x" * 4097, "4096 bytes"),
        ("PACELINE_STRAVA_ACCOUNTS", "Anna", "list of accounts"),
        ("PACELINE_STRAVA_ACCOUNTS", "anna, ben", "list of accounts"),
        ("PACELINE_STRAVA_ACCOUNTS", "anna,anna", "twice"),
        ("PACELINE_WAREHOUSE", "mysql://me@host/db", "postgresql://"),
        ("PACELINE_WAREHOUSE", "postgresql://me:hush@host/db", "contains a password"),
        ("PACELINE_WAREHOUSE", "postgresql://me:a@b#c@host/db", "contains a password"),
        ("PACELINE_WAREHOUSE", "postgresql://me@host/db?password=hush", "contains a password"),
        ("PACELINE_WAREHOUSE", "postgresql://host/db", "lacks user"),
        ("PACELINE_WAREHOUSE", "postgresql://me@host", "lacks user"),
        ("PACELINE_WAREHOUSE", "postgresql://me@host:70000/db", "is not a URL"),
        ("PACELINE_WAREHOUSE", "postgresql://me@host/db?sslrootcert=x", "other than sslmode"),
        ("PACELINE_WAREHOUSE", "postgresql://me@127.0.0.1:5432/db", "names this machine"),
        ("PACELINE_WAREHOUSE", "postgresql://me@localhost/db", "names this machine"),
    ],
)
def test_what_cannot_be_a_value_is_refused_without_showing_it(variable: str, value: str, problem: str) -> None:
    with pytest.raises(Failure, match=problem) as refused:
        check(variable, value)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://me@host/db", "postgres://me@host:6543/db?sslmode=verify-full"])
def test_the_urls_that_load_takes_are_taken(url: str) -> None:
    check("PACELINE_WAREHOUSE", url)


def test_a_value_may_be_in_a_file_as_for_the_commands(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")
    assert {resolved("X", f"file:{file}"), resolved("X", file.as_uri()), resolved("X", "hush")} == {"hush"}
    with pytest.raises(Failure, match=r"X names the file .*other, which cannot be read"):
        resolved("X", f"file:{tmp_path / 'other'}")


def test_secrets_are_not_echoed_and_names_are() -> None:
    assert [name for name in VALUES if is_secret(name)] == ["PACELINE_STRAVA_CLIENT_SECRET", "PACELINE_WAREHOUSE_PASSWORD"]


def test_a_word_names_a_parameter_or_a_folder_of_them() -> None:
    known = parameters_of("paceline-qa")
    assert [parameter.short for parameter in known] == NAMES
    assert [parameter.short for parameter in chosen(known, ["warehouse"])] == ["warehouse/password", "warehouse/url"]
    assert [parameter.name for parameter in chosen(known, ["strava/client-id"])] == ["/paceline-qa/strava/client-id"]
    with pytest.raises(Failure, match="There is no parameter strava/client"):
        chosen(known, ["strava/client"])


def test_a_variable_of_two_applications_needs_a_choice(declared: str, tmp_path: Path) -> None:
    file: dict[str, Any] = json.loads((CHECKOUT / "orchestration" / "containers" / "extract-strava.json").read_text())
    text = (
        json.dumps(file).replace("extract-strava", "extract-strava-club").replace("/paceline/strava/", "/paceline/strava-club/")
    )
    (tmp_path / "first.json").write_text(json.dumps(file))
    (tmp_path / "second.json").write_text(text)
    known = parameters_of("paceline-qa", tmp_path)
    with pytest.raises(Failure, match="is set, and could be strava-club/client-id or strava/client-id"):
        from_environment(known, {"PACELINE_STRAVA_CLIENT_ID": "1"})
    given = from_environment(chosen(known, ["strava-club"]), {"PACELINE_STRAVA_CLIENT_ID": "1"})
    assert [parameter.short for parameter in given] == ["strava-club/client-id"]


def test_where_nobody_can_be_asked_the_address_of_rds_is_taken_and_what_is_set_stays() -> None:
    known = {parameter.short: parameter for parameter in parameters_of("paceline-qa")}
    url, secret = known["warehouse/url"], known["strava/client-secret"]
    assert known_otherwise([url, secret], {url.name: False, secret.name: True}, lambda: "postgresql://rds") == {
        url: "postgresql://rds"
    }
    assert known_otherwise([url, secret], {url.name: True, secret.name: True}, lambda: pytest.fail("not needed")) == {}
    with pytest.raises(Failure, match="Nobody can be asked for PACELINE_WAREHOUSE,"):
        known_otherwise([url, secret], {url.name: False, secret.name: False}, lambda: None)
