"""`airflow dags test DAG_ID`, prepared before it is known where to run: started by `dag_test`, in Airflow's own Python.

Airflow takes four seconds until it can run a task. Meanwhile the simulated API starts, whose address the containers need. So this
process first loads what Airflow needs, then reads one line from standard input: the complete environment as a JSON object.
"""

import atexit
import functools
import gc
import json
import os
import sys


def load() -> None:
    """Imports what is otherwise imported when the DAG is read and run, and builds the API that all tasks share."""
    import airflow.cli.commands.dag_command  # noqa: PLC0415
    import airflow.providers.amazon.aws.operators.ecs  # noqa: F401, PLC0415
    import httpx  # noqa: PLC0415
    from airflow.sdk.execution_time import supervisor  # noqa: PLC0415

    # As in Airflow 3.3. Airflow 3.2 builds one for each task, which takes 1.5 s a task.
    supervisor.in_process_api_server = functools.cache(supervisor.in_process_api_server)
    transport = supervisor.in_process_api_server().transport
    with httpx.Client(transport=transport, base_url="http://in-process.invalid") as client:
        client.get("/health").raise_for_status()  # it is built when its first call arrives


def load_without_collecting_garbage() -> None:
    """What is loaded stays until the end. Looking for garbage among it takes a second now, and two before the process ends."""
    gc.disable()
    load()
    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)


def run(dag_id: str) -> None:
    from airflow.__main__ import main  # noqa: PLC0415

    sys.argv = ["airflow", "dags", "test", dag_id]
    main()


if __name__ == "__main__":
    load_without_collecting_garbage()
    received = sys.stdin.readline()
    if received:  # otherwise whoever started this has ended
        os.environ.update(json.loads(received))
        run(sys.argv[1])
