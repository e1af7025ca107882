"""Whole processes, several runs, medians, each speed next to a floor measured in the same run. Start at `__main__`."""
