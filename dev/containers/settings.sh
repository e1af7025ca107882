#!/usr/bin/env bash
# Sourced by dev/up after stack.sh: writes the settings that are missing, and refuses those that cannot work.
# shellcheck disable=SC2154 # stack.sh sets settings and docker, dev/up tag

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Also to a file whose last line does not end.
append() {
    [ -z "$(tail -c 1 "$settings")" ] || echo >>"$settings"
    printf '%s=%s\n' "$1" "$2" >>"$settings"
}

# Adds each setting that the file lacks, so that a file of an older checkout keeps working.
add_missing() {
    [ -n "$(setting "$1")" ] || append "$1" "$2"
}

# Volumes that were created with other passwords would refuse the new ones.
refuse_foreign_volumes() {
    local project
    project=$([ ! -e "$settings" ] || setting COMPOSE_PROJECT_NAME)
    project=${project:-paceline}
    if { [ ! -e "$settings" ] || [ -z "$(setting PACELINE_WAREHOUSE_DATABASE_PASSWORD)" ]; } &&
        "$docker" volume inspect "${project}_postgres" >/dev/null 2>&1; then
        fail 78 "There are volumes of an earlier stack $project, and $settings does not have their passwords: put that file back, or delete them by \`docker volume rm \$(docker volume ls --quiet --filter label=com.docker.compose.project=$project)\`."
    fi
}

write_settings() {
    local new=false
    refuse_foreign_volumes
    if [ ! -e "$settings" ]; then
        new=true
        mkdir -p "$(dirname "$settings")"
        (umask 077 && printf '# Written by dev/up; dev/.env.example explains each line. Never commit it.\n' >"$settings")
    fi
    [[ $(ls -ldL "$settings") = -???------* ]] || fail 78 "$settings holds passwords and can be read by others: \`chmod 600 $settings\`."
    add_missing COMPOSE_PROJECT_NAME paceline
    add_missing PACELINE_AIRFLOW_PASSWORD "$(random 9)"
    add_missing PACELINE_AIRFLOW_DATABASE_PASSWORD "$(random 24)"
    add_missing PACELINE_WAREHOUSE_DATABASE_PASSWORD "$(random 24)"
    add_missing PACELINE_AIRFLOW_SECRET_KEY "$(random 32)"
    add_missing PACELINE_AIRFLOW_FERNET_KEY "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
    add_missing PACELINE_S3_KEY_ID "local$(random 6)"
    add_missing PACELINE_S3_SECRET_KEY "$(random 24)"
    add_missing PACELINE_AIRFLOW_PORT 8080
    add_missing PACELINE_POSTGRES_PORT 5433
    add_missing PACELINE_S3_PORT 7070
    ! $new || echo "  settings        written to ${settings#"$root"/}, with new passwords"
}

# Passwords become parts of URLs and of JSON, where other characters would have to be escaped.
check_passwords() {
    local LC_ALL=C name
    for name in PACELINE_AIRFLOW_PASSWORD PACELINE_AIRFLOW_DATABASE_PASSWORD PACELINE_WAREHOUSE_DATABASE_PASSWORD; do
        [[ $(setting "$name") =~ ^[[:alnum:]]+$ ]] || fail 78 "$name in $settings may only have letters and digits: choose another."
    done
}

# Compose would take a relative path for the name of a volume, and create a folder where there is none.
check_paths() {
    local entry name kind path
    for entry in PACELINE_DAGS:folder PACELINE_WAREHOUSE_CA:file; do
        name=${entry%%:*} kind=${entry#*:}
        path=$(setting "$name")
        [ -n "$path" ] || continue
        [[ $path = /* ]] || fail 78 "$name=$path in $settings is not an absolute path: write it from / on."
        if [ "$kind" = folder ]; then [ -d "$path" ]; else [ -f "$path" ]; fi ||
            fail 78 "$name=$path in $settings: there is no such $kind."
    done
}

# Port 0 is any free one. A port that this stack itself holds is free for it.
check_ports() {
    local entry service name port
    for entry in api-server:PACELINE_AIRFLOW_PORT postgres:PACELINE_POSTGRES_PORT s3:PACELINE_S3_PORT; do
        service=${entry%%:*} name=${entry#*:}
        port=$(setting "$name")
        if ! [[ $port =~ ^[0-9]{1,5}$ ]] || [ "$port" -gt 65535 ]; then
            fail 78 "$name=$port in $settings is not a port: choose one from 1 to 65535, or 0 for any free one."
        fi
        if [ "$port" != 0 ] && [ -z "$(container_of "$service")" ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            fail 69 "Port $port of 127.0.0.1, on which $service is to listen, is taken: stop what uses it, or choose another $name in $settings."
        fi
    done
}

# in_container PATH COMMAND...: runs a command by the user of all images, for whom the path is /mounted. What is missing is not created.
in_container() {
    "$docker" run --rm --network none --mount "type=bind,source=$1,target=/mounted" --entrypoint "$2" "paceline/ecs:$tag" "${@:3}"
}

# Of the DAGs and a CA only the folder and the file: Airflow reports a DAG that it cannot read.
check_readable() {
    local dags ca
    dags=$(setting PACELINE_DAGS)
    dags=${dags:-$root/orchestration/dags}
    in_container "$dags" ls /mounted/. >/dev/null ||
        fail 78 "Containers cannot read the folder of DAGs $dags, because their user is 10001: \`chmod o+rx $dags\`, or set PACELINE_DAGS in $settings to another."
    ca=$(setting PACELINE_WAREHOUSE_CA)
    [ -z "$ca" ] || in_container "$ca" cat /mounted >/dev/null ||
        fail 78 "Containers cannot read PACELINE_WAREHOUSE_CA=$ca, because their user is 10001: \`chmod o+r $ca\`."
}

# The group of the engine's socket as containers see it, which on a Mac is not the one that the host sees.
write_docker_group() {
    local socket seen
    socket=$(setting PACELINE_DOCKER_SOCKET)
    socket=${socket:-/var/run/docker.sock}
    seen=$(in_container "$socket" stat -c '%F %g' /mounted) ||
        fail 78 "Containers cannot mount $socket, which should be the engine's socket: set PACELINE_DOCKER_SOCKET in $settings to its path."
    [[ $seen =~ ^socket\ [0-9]+$ ]] ||
        fail 78 "$socket is not a socket but \"${seen% *}\": set PACELINE_DOCKER_SOCKET in $settings to the path of the engine's socket."
    [ "$(setting PACELINE_DOCKER_GROUP)" = "${seen#* }" ] || append PACELINE_DOCKER_GROUP "${seen#* }"
}
