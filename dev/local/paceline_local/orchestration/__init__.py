"""Airflow on a laptop: the DAGs of `orchestration/`, with containers that are processes. Start at `dag_test` (`make demo`) and
`serve` (`make airflow`); `embedded` says what each image is here.
"""
