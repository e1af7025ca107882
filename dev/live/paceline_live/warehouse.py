"""Connects to the warehouse as load does, without changing anything. Reads the lake that the activity was read into."""

from paceline_live.settings import Live


def connect(live: Live) -> str:
    lake = live.temporary_lake.as_uri()
    report = live.run("load", "status", "strava", PACELINE_LAKE=lake).or_fail("load status")
    loaded = "it holds a load" if report.get("last_load") else "nothing has been loaded into it yet"
    return f"connected; {loaded}"
