"""Connects to the warehouse as load does, without changing anything."""

from paceline_live.settings import Live


def connect(live: Live) -> str:
    report = live.run("load", "status", "strava").or_fail("load status")
    loaded = "it holds a load" if report.get("last_load") else "nothing has been loaded into it yet"
    return f"connected; {loaded}"
