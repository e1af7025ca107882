"""The DAGs of our files, without a DagBag."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from airflow.sdk import DAG
from harness import DAGS
from paceline.task import PacelineTaskOperator

FILES = sorted(DAGS.glob("*.py"))


def dag_of(file: Path) -> DAG:
    """The DAG of a file, which may use `with DAG(…):` without assigning it to a name."""
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return next(value.dag for value in vars(module).values() if isinstance(value, PacelineTaskOperator))
