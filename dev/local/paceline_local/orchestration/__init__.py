"""Airflow on a laptop: the DAGs of `orchestration/`, with processes as containers. Start at `dag_test` (`make demo`) and
`serve` (`make airflow`); `embedded` defines what runs for each image.
"""
