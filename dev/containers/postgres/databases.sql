-- Runs once, when the cluster is made.
\getenv warehouse_password WAREHOUSE_PASSWORD
\getenv airflow_password AIRFLOW_PASSWORD

create role paceline login password :'warehouse_password';
create role airflow login password :'airflow_password';
create database warehouse owner paceline;
create database airflow owner airflow;
-- By default every role may connect to every database.
revoke all on database warehouse from public;
revoke all on database airflow from public;
