"""dbt as its container runs it: dbt's own arguments in; a report and an exit code that an orchestrator can read out.

Start at `__main__`. What dbt tells while it runs is in `events`, what its failures mean in `verdict` and `warehouse_failures`.
"""
