"""Whole processes, several runs, medians, each speed beside a floor measured in the same run. Start at `__main__`."""
