"""The operators of Paceline's DAGs: each starts one image on ECS. Start at `task`.

It is a package next to the DAGs and not a plugin: MWAA syncs it with them in half a minute, while a new `plugins.zip` needs an
update of the environment. It imports only what MWAA installs.
"""
