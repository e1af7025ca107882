"""The lines of `dev/.env` that decide whether a stand-in or the real thing is used, checked before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from paceline_local.failure import Failure

_LAKE = "s3://paceline/lake"
_S3 = "http://s3:7070"
_WAREHOUSE = "postgresql://paceline@postgres:5432/warehouse"
_TOKENS = "file:///tokens"
_STRAVA = ("PACELINE_STRAVA_CLIENT_ID", "PACELINE_STRAVA_CLIENT_SECRET", "PACELINE_STRAVA_ACCOUNTS")
# Without the first of a pair, the second would be ignored.
_USELESS_WITHOUT = (
    ("PACELINE_LAKE", "AWS_ACCESS_KEY_ID"),
    ("PACELINE_LAKE", "AWS_SECRET_ACCESS_KEY"),
    ("PACELINE_LAKE", "AWS_SESSION_TOKEN"),
    ("PACELINE_WAREHOUSE", "PACELINE_WAREHOUSE_PASSWORD"),
    ("PACELINE_WAREHOUSE", "PACELINE_WAREHOUSE_CA"),
    ("PACELINE_WAREHOUSE", "PACELINE_WAREHOUSE_UNVERIFIED"),
)
_REMEDY = "dev/.env.example explains each line of dev/.env."


@dataclass(frozen=True)
class Aws:
    """An S3 with its key. No endpoint means AWS itself."""

    region: str
    key_id: str
    secret_key: str = field(repr=False)
    session_token: str = field(repr=False)
    endpoint: str | None


@dataclass(frozen=True)
class Strava:
    """A registered application of the real Strava."""

    client_id: str
    client_secret: str = field(repr=False)
    accounts: str


@dataclass(frozen=True)
class Settings:
    """`strava` is None for the simulated one; `stand_in_warehouse` is whether the warehouse is the stack's own Postgres."""

    project: str
    tag: str
    lake: str
    aws: Aws
    warehouse: str
    stand_in_warehouse: bool
    warehouse_password: str = field(repr=False)
    warehouse_unverified: bool
    tokens: str
    strava: Strava | None
    retries: int

    @staticmethod
    def read(environment: Mapping[str, str]) -> "Settings":
        """Raises a Failure that names the line. An empty value counts as unset."""
        given = {name: value for name, value in environment.items() if value}
        for needed, name in _USELESS_WITHOUT:
            if name in given and needed not in given:
                raise Failure(f"{name} is set, but {needed} is not set.", _REMEDY)
        lake = given.get("PACELINE_LAKE")
        tokens = given.get("PACELINE_TOKENS", _TOKENS)
        if not lake and not tokens.startswith("file:"):
            raise Failure(
                f"PACELINE_TOKENS={tokens} needs AWS, but the lake is the stand-in for S3.", f"Set PACELINE_LAKE. {_REMEDY}"
            )
        warehouse = given.get("PACELINE_WAREHOUSE")
        password = _needed(given, "PACELINE_WAREHOUSE_PASSWORD" if warehouse else "PACELINE_WAREHOUSE_DATABASE_PASSWORD")
        return Settings(
            project=_needed(given, "PACELINE_PROJECT"),
            tag=_needed(given, "PACELINE_TAG"),
            lake=lake or _LAKE,
            aws=_aws(given) if lake else _stand_in(given),
            warehouse=warehouse or _WAREHOUSE,
            stand_in_warehouse=warehouse is None,
            warehouse_password=password,
            warehouse_unverified=_warehouse_unverified(given),
            tokens=tokens,
            strava=_strava(given) if any(name in given for name in _STRAVA) else None,
            retries=_retries(given),
        )


def _aws(given: Mapping[str, str]) -> Aws:
    lake = given["PACELINE_LAKE"]
    if not lake.startswith("s3://"):
        raise Failure(f"PACELINE_LAKE={lake} is not s3://bucket/prefix: containers share no folder with this machine.", _REMEDY)
    return Aws(
        region=_needed(given, "AWS_REGION"),
        key_id=_needed(given, "AWS_ACCESS_KEY_ID"),
        secret_key=_needed(given, "AWS_SECRET_ACCESS_KEY"),
        session_token=given.get("AWS_SESSION_TOKEN", ""),
        endpoint=None,
    )


def _stand_in(given: Mapping[str, str]) -> Aws:
    key_id, secret_key = _needed(given, "PACELINE_S3_KEY_ID"), _needed(given, "PACELINE_S3_SECRET_KEY")
    return Aws(_needed(given, "AWS_REGION"), key_id, secret_key, "", _S3)


def _strava(given: Mapping[str, str]) -> Strava:
    return Strava(*(_needed(given, name) for name in _STRAVA))


def _warehouse_unverified(given: Mapping[str, str]) -> bool:
    text = given.get("PACELINE_WAREHOUSE_UNVERIFIED", "false")
    if text not in ("true", "false"):
        raise Failure(f"PACELINE_WAREHOUSE_UNVERIFIED={text} is neither true nor false.", _REMEDY)
    return text == "true"


def _retries(given: Mapping[str, str]) -> int:
    text = given.get("PACELINE_RETRIES", "2")
    if not text.isdecimal():
        raise Failure(f"PACELINE_RETRIES={text} is not a number.", _REMEDY)
    return int(text)


def _needed(given: Mapping[str, str], name: str) -> str:
    if name not in given:
        raise Failure(f"{name} is not set.", _REMEDY)
    return given[name]
