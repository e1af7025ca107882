"""dbt as its container runs it: takes dbt's own arguments; leaves a report and an exit code for the orchestrator.

Start at `__main__`. `event_collector` collects what dbt reports while it runs; `dbt_failures` and `warehouse_failures` say what
its errors mean.
"""
