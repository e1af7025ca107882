"""dbt as its container runs it: takes dbt's own arguments; leaves a report and an exit code for the orchestrator.

Start at `__main__`. `warehouse` and `secret` read the settings that load reads as well; `event_collector` collects what dbt
reports while it runs; `dbt_failures`, `warehouse_failures` and `sqlstates` say what its errors mean.
"""
