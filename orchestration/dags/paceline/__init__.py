"""The operators of Paceline's DAGs: each starts one image on ECS. Start at `task`.

A package beside the DAGs, not a plugin: MWAA syncs it with them in half a minute, where `plugins.zip` takes an update of the
environment. It imports nothing that MWAA does not bring.
"""
