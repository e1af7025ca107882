"""The secrets of an environment: declared by Terraform, filled by `put-secrets`, and in neither state nor plan."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import boto3
import pytest
from paceline_aws.parameters import Parameter, chosen, parameters_of
from paceline_aws.prompts import Given, without_asking
from paceline_aws.put_secrets import from_environment, main
from paceline_aws.values import check, is_secret, resolved
from paceline_local.clean_environment import clean_environment
from paceline_local.failure import USAGE, Failure
from paceline_local.paths import CHECKOUT
from terraform import REGION, Terraform, changes

# Appears nowhere but in SSM.
PLANTED = "pl4nted-S3cret"
URL = "postgresql://paceline@db.example:5432/warehouse"
VALUES = {
    "PACELINE_SECRET_STRAVA_ACCOUNTS": "anna,ben",
    "PACELINE_SECRET_STRAVA_CLIENT_ID": "12345",
    "PACELINE_SECRET_STRAVA_CLIENT_SECRET": PLANTED,
    "PACELINE_SECRET_WAREHOUSE_PASSWORD": f"{PLANTED}-2",
    "PACELINE_SECRET_WAREHOUSE_URL": URL,
}
# What a laptop's shell has for its own commands.
LAPTOP = {
    "PACELINE_STRAVA_ACCOUNTS": "of-the-laptop",
    "PACELINE_STRAVA_CLIENT_ID": "999",
    "PACELINE_WAREHOUSE": "postgresql://paceline@127.0.0.1:5432/warehouse",
}
NAMES = ["strava/accounts", "strava/client-id", "strava/client-secret", "warehouse/password", "warehouse/url"]
BY_VARIABLE = {parameter.variable: parameter for parameter in parameters_of("paceline-qa")}
_SECONDS = 60
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
    assert stored(moto) == {parameter.short: VALUES[parameter.given_by] for parameter in parameters_of("paceline-qa")}
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
    elsewhere = put_secrets(moto, "--list", AWS_REGION="eu-north-1")
    said = "are not declared in eu-north-1. Run `iac/scripts/init secrets qa`"
    assert (elsewhere.returncode, said in elsewhere.stderr) == (78, True)

    other = root.with_variables(environment="prod").attempt("plan", "-no-color", "-input=false")
    said = " ".join(other.stderr.replace("│", " ").split())
    assert (other.returncode, "This state has the secrets of qa. Run: iac/scripts/init secrets prod" in said) == (1, True)

    root.destroy()
    assert stored(moto) == {}


def test_with_rds_the_password_is_no_parameter(iac: Path, moto: str) -> None:
    secrets_root(iac, moto, "rds").apply()
    given = {name: value for name, value in VALUES.items() if name != "PACELINE_SECRET_WAREHOUSE_PASSWORD"}
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
    try:
        with os.fdopen(ours, "rb", buffering=0) as screen:
            shown = conversation(screen.fileno(), list(answers.items()))
        return process.wait(_SECONDS), shown
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def conversation(terminal: int, answers: list[tuple[str, str]]) -> str:
    """All that the terminal showed, until its program ended."""
    shown, answered = "", 0
    while True:
        assert select.select([terminal], [], [], _SECONDS)[0], f"The program neither writes nor ends:\n{shown}"
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # Linux: the other side is closed
            chunk = b""
        if not chunk:
            assert not answers, shown
            return shown
        shown += chunk.decode()
        if answers and answers[0][0] in shown[answered:] and shown.endswith(": "):
            answered = len(shown)
            os.write(terminal, f"{answers.pop(0)[1]}\n".encode())


def test_a_terminal_asks_for_what_is_missing_and_shows_no_secret(declared: str) -> None:
    answers = {
        "strava/client-id": "12345",
        "strava/client-secret": PLANTED,
        "warehouse/password": "",
        "warehouse/url": URL,
    }
    code, shown = at_a_terminal(declared, answers, PACELINE_SECRET_STRAVA_ACCOUNTS="anna,ben")
    assert code == 0, shown
    assert "12345" in shown
    assert PLANTED not in shown
    assert "/paceline-qa/strava/client-id is set, from the prompt." in shown
    values = stored(declared)
    assert values["strava/client-secret"] == PLANTED
    assert values["warehouse/password"].startswith("not set:")

    code, shown = at_a_terminal(declared, {"strava/client-id (Enter keeps the present one)": ""}, "strava/client-id")
    assert (code, "Nothing was changed." in shown) == (0, True)
    assert stored(declared) == values


def test_a_value_that_cannot_be_used_is_asked_for_again(declared: str) -> None:
    wrong, right = URL.replace("@", ":hush@"), URL
    code, shown = at_a_terminal(
        declared, {"warehouse/url (Enter leaves it unset)": wrong, "contains a password": right}, "warehouse/url"
    )
    assert code == 0, shown
    assert stored(declared)["warehouse/url"] == right


def test_nothing_is_stored_if_one_value_is_wrong_or_missing(declared: str) -> None:
    before = stored(declared)
    wrong = put_secrets(declared, **{**VALUES, "PACELINE_SECRET_STRAVA_CLIENT_ID": f"{PLANTED} "})
    assert (wrong.returncode, PLANTED in wrong.stdout + wrong.stderr) == (78, False)
    assert "The value for strava/client-id begins or ends with a space. Give another; nothing was stored." in wrong.stderr
    missing = put_secrets(declared, **{name: value for name, value in VALUES.items() if not name.endswith("_ACCOUNTS")})
    sentence = "PACELINE_SECRET_STRAVA_ACCOUNTS is not set, and there is no terminal to ask for it."
    assert (missing.returncode, sentence in missing.stderr) == (64, True)
    assert stored(declared) == before


def test_the_variables_of_this_machines_commands_are_not_taken(declared: str) -> None:
    assert put_secrets(declared, **VALUES).returncode == 0
    before = stored(declared)
    done = put_secrets(declared, **LAPTOP)
    assert (done.returncode, done.stdout) == (0, "Nothing was changed.\n")
    assert stored(declared) == before


def test_what_is_set_stays_if_only_one_value_is_given(declared: str) -> None:
    assert put_secrets(declared, **VALUES).returncode == 0
    done = put_secrets(declared, PACELINE_SECRET_STRAVA_CLIENT_SECRET="rotated")
    said = "/paceline-qa/strava/client-secret is set, from PACELINE_SECRET_STRAVA_CLIENT_SECRET."
    assert done.stdout.splitlines() == [said]
    assert stored(declared)["strava/client-secret"] == "rotated"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "There is no environment 'nowhere'. Choose from: "),
        (["qa", "--all"], "Unrecognized arguments: --all. `iac/scripts/put-secrets --help` says more."),
        ([], "The following arguments are required: environment."),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong_before_aws_is_called(words: list[str], sentence: str) -> None:
    with pytest.raises(Failure) as refused:
        main(words)
    assert (sentence in str(refused.value), refused.value.exit_code) == (True, USAGE), str(refused.value)


def test_without_iac_secrets_it_says_what_to_apply(moto: str) -> None:
    done = put_secrets(moto, "--list")
    assert (done.returncode, "terraform -chdir=iac/secrets apply" in done.stderr) == (78, True)


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("PACELINE_STRAVA_CLIENT_ID", "12a", "digits only"),
        ("PACELINE_STRAVA_CLIENT_SECRET", " ", "is empty"),
        ("PACELINE_STRAVA_CLIENT_SECRET", "a\nb", "control character"),
        ("PACELINE_STRAVA_CLIENT_SECRET", "hush\udc80", "is not UTF-8 text"),
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
        check(BY_VARIABLE[variable], value)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://me@host/db", "postgres://me@host:6543/db?sslmode=verify-full"])
def test_the_urls_that_load_takes_are_taken(url: str) -> None:
    check(BY_VARIABLE["PACELINE_WAREHOUSE"], url)


def test_a_value_may_be_in_a_file_as_for_the_commands(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")
    assert {resolved("X", f"file:{file}"), resolved("X", file.as_uri()), resolved("X", "hush")} == {"hush"}
    file.write_bytes(b"\xff")
    for name, problem in ((file, "is not UTF-8 text"), (tmp_path / "other", "cannot be read: No such file"), ("~nobody-9/x", "")):
        with pytest.raises(Failure, match=f"X names the file {name}, which .*{problem}.*Name a text file"):
            resolved("X", f"file:{name}")


def test_secrets_are_not_echoed_and_names_are() -> None:
    assert [name for name in BY_VARIABLE if is_secret(name)] == ["PACELINE_STRAVA_CLIENT_SECRET", "PACELINE_WAREHOUSE_PASSWORD"]


def test_a_word_names_a_parameter_or_a_folder_of_them() -> None:
    known = parameters_of("paceline-qa")
    assert [parameter.short for parameter in known] == NAMES
    assert [parameter.short for parameter in chosen(known, ["warehouse"])] == ["warehouse/password", "warehouse/url"]
    assert [parameter.name for parameter in chosen(known, ["strava/client-id"])] == ["/paceline-qa/strava/client-id"]
    with pytest.raises(Failure, match="There is no parameter strava/client"):
        chosen(known, ["strava/client"])


def test_each_parameter_of_each_application_has_a_variable_of_its_own() -> None:
    first = BY_VARIABLE["PACELINE_STRAVA_CLIENT_ID"]
    second = Parameter("/paceline-qa/strava-club/client-id", "strava-club/client-id", first.variable)
    given = from_environment([first, second], {"PACELINE_SECRET_STRAVA_CLUB_CLIENT_ID": "2", first.given_by: "1"})
    assert {parameter.short: value for parameter, value in given.items()} == {
        "strava/client-id": ("1", "PACELINE_SECRET_STRAVA_CLIENT_ID"),
        "strava-club/client-id": ("2", "PACELINE_SECRET_STRAVA_CLUB_CLIENT_ID"),
    }


def test_without_a_terminal_the_address_of_rds_is_taken_and_what_is_set_stays() -> None:
    url, secret = BY_VARIABLE["PACELINE_WAREHOUSE"], BY_VARIABLE["PACELINE_STRAVA_CLIENT_SECRET"]
    both = [url, secret]
    found = without_asking(both, {url.name: False, secret.name: True}, lambda: "postgresql://rds")
    assert found == {url: Given("postgresql://rds", "Terraform's output warehouse_url")}
    assert without_asking(both, {url.name: True, secret.name: True}, lambda: pytest.fail("not needed")) == {}
    names = "PACELINE_SECRET_WAREHOUSE_URL, PACELINE_SECRET_STRAVA_CLIENT_SECRET"
    with pytest.raises(Failure, match=f"{names} are not set, and there is no terminal to ask for them."):
        without_asking(both, {url.name: False, secret.name: False}, lambda: None)
