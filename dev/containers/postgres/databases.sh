#!/usr/bin/env bash
# Makes the roles and databases; runs once, when the cluster is made. psql reads the passwords itself, so no command line shows them.
set -euo pipefail
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv warehouse_password WAREHOUSE_PASSWORD
\getenv airflow_password AIRFLOW_PASSWORD
create role paceline login password :'warehouse_password';
create role airflow login password :'airflow_password';
create database warehouse owner paceline;
create database airflow owner airflow;
-- By default every role may connect to every database.
revoke all on database warehouse from public;
revoke all on database airflow from public;
SQL
