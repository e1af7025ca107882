"""An Airflow plugin: the API server responds only to names of the loopback interface, and those in PACELINE_AIRFLOW_NAMES.

A web page can make its own name point to this machine (DNS rebinding). The log-in protects everything of value; this refuses
such a page the log-in form, too.
"""

import os

from airflow.plugins_manager import AirflowPlugin
from starlette.middleware.trustedhost import TrustedHostMiddleware

# In containers, what the scheduler's tasks call the API server; separated by spaces.
_MORE = os.environ.get("PACELINE_AIRFLOW_NAMES", "").split()


class LoopbackHosts(AirflowPlugin):
    """Found by Airflow in `AIRFLOW_HOME/plugins`."""

    name = "loopback_hosts"
    fastapi_root_middlewares = [  # noqa: RUF012 Airflow defines the type
        {
            "name": "Loopback hosts",
            "middleware": TrustedHostMiddleware,
            "kwargs": {"allowed_hosts": ["127.0.0.1", "localhost", *_MORE], "www_redirect": False},
        }
    ]
