"""Begins the next day of the simulated Strava. Runs in a container of the stack's `deploy`."""

from pathlib import Path

from paceline_local.compose.simulated_strava import SimulatedStrava
from paceline_local.failure import exit_with


def main() -> int:
    print(SimulatedStrava(Path("/state")).begin_next_day())
    return 0


exit_with(main)
