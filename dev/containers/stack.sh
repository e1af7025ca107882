#!/usr/bin/env bash
# Sourced by dev/up and dev/down: which stack, and Compose in whichever version this machine has.
((BASH_VERSINFO[0] >= 4)) || { echo "paceline: the local stack needs Bash 4 or newer; on a Mac: \`brew install bash\`." >&2; exit 78; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
settings=${PACELINE_STACK:-$root/dev/.env}
[[ $settings = /* ]] || settings=$PWD/$settings

fail() {
    printf 'paceline: %s\n' "$2" >&2
    exit "$1"
}

# The value of a setting, by its last line, without the single quotes that it may have.
setting() { sed -n -e "s/^$1='\(.*\)'\$/\1/p" -e t -e "s/^$1=//p" "$settings" | tail -n 1; }

# The project's name, which dev/up and dev/down read from the settings.
project=""

# Changes with whatever the service deploy reads, so that Compose recreates what has read its results.
deployed() {
    local digest=(sha256sum)
    command -v sha256sum >/dev/null || digest=(shasum -a 256)
    cat "$settings" "$root"/orchestration/containers/*.json | "${digest[@]}" | cut -d ' ' -f 1
}

# Becomes Compose. Services get their settings from the file, never from this shell, although Compose prefers the environment to the
# file: PACELINE_WAREHOUSE or AWS_ACCESS_KEY_ID of a shell would replace a stand-in.
exec_compose() {
    local kept name
    kept=("PACELINE_DEPLOYED=$(deployed)")
    for name in PATH HOME TERM DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_TLS_VERIFY DOCKER_CERT_PATH XDG_RUNTIME_DIR; do
        [ -z "${!name:-}" ] || kept+=("$name=${!name}")
    done
    exec env -i "${kept[@]}" "${compose_command[@]}" --env-file "$settings" --project-name "$project" --file "$root/dev/compose.yaml" "$@"
}

compose() { (exec_compose "$@"); }

# Sets docker and compose_command, or says what is missing.
find_engine() {
    docker=$("$root/dev/images/engine")
    if "$docker" compose version >/dev/null 2>&1; then
        compose_command=("$docker" compose)
    elif docker-compose version >/dev/null 2>&1; then
        compose_command=(docker-compose)
    else
        fail 69 "Docker has no Compose: install Docker's package docker-compose-plugin, or Debian's docker-compose."
    fi
}

# container_of SERVICE [--all]: the id of its container, with --all also if it has ended. The same labels in both versions of Compose.
container_of() {
    "$docker" ps --quiet ${2:+"$2"} --filter "label=com.docker.compose.project=$project" \
        --filter "label=com.docker.compose.service=$1" --filter label=com.docker.compose.oneoff=False
}
