"""How a machine reaches package registries, handed to a build as BuildKit secrets: they stand in no layer and no history."""

import configparser
from collections.abc import Mapping
from pathlib import Path

# Where pip looks, after PIP_CONFIG_FILE.
_PIP_FILES = ("~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf")
# Variables by which pip is told the same; a build does not see them.
_PIP_VARIABLES = {"PIP_INDEX_URL": "index-url", "PIP_EXTRA_INDEX_URL": "extra-index-url", "PIP_TRUSTED_HOST": "trusted-host"}
# A machine behind a proxy that inspects TLS sets one of these to a file that has the proxy's certificate.
_CA_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def secret_arguments(folder: Path, environment: Mapping[str, str]) -> list[str]:
    """`--secret` for each setting that this machine has. Files that are made for it are in `folder`, which is the caller's."""
    found = {
        "maven-settings": _first(["~/.m2/settings.xml"], environment),
        "pip-conf": _pip_conf(folder, environment),
        "machine-ca": _first([environment.get(name, "") for name in _CA_VARIABLES], environment),
    }
    return [word for name, file in found.items() if file for word in ("--secret", f"id={name},src={file}")]


def _first(candidates: list[str], environment: Mapping[str, str]) -> Path | None:
    home = environment.get("HOME", "~")
    files = [Path(name.replace("~", home, 1)) for name in candidates if name]
    return next((file for file in files if file.is_file()), None)


def _pip_conf(folder: Path, environment: Mapping[str, str]) -> Path | None:
    """The machine's pip.conf with what the variables say on top, and without paths that exist only here."""
    config = configparser.ConfigParser(interpolation=None)
    existing = _first([environment.get("PIP_CONFIG_FILE", ""), *_PIP_FILES], environment)
    if existing:
        config.read(existing)
    for section in config.sections():
        for path in ("cert", "client-cert", "find-links", "cache-dir"):
            config.remove_option(section, path)
    settings = {option: environment[name] for name, option in _PIP_VARIABLES.items() if environment.get(name)}
    if settings:
        config.read_dict({"global": settings})
    if not any(config.items(section) for section in config.sections()):
        return None
    file = folder / "pip.conf"
    file.touch(mode=0o600)
    with file.open("w") as out:
        config.write(out)
    return file
