"""Records with undocumented oddities are kept digit for digit and are not written again."""

import gzip
import json
import re
from typing import Any

from athletes import NO_VERIFICATION, OPTED_IN, Athlete, AthletePool

ODD: dict[str, dict[str, Any]] = {
    "an unknown sport": {"sport_type": "UnderwaterHockey"},
    "coordinates that are an empty list": {"start_latlng": [], "end_latlng": []},
    "coordinates that are null": {"start_latlng": None, "end_latlng": None},
    "integers where floats were": {"distance": 5000, "average_heartrate": 140, "total_elevation_gain": 12},
    "an id above 2^31": {"id": 2**53 - 111},
    "an upload_id above 2^63": {"upload_id": 2**63 + 12345},
    "streams of 20,000 points": {"stream_points": 20_000},
    "streams with nulls": {"stream_nulls": True, "stream_points": 300},
    "streams without points": {"stream_points": 0},
    "a hidden start": {"start_date": "2026-10-29T23:00:01Z", "start_date_local": "2026-10-30T00:00:01Z"},
    "a zone at +13:00": {"utc_offset": 46_800, "timezone": "(GMT+13:00) Pacific/Tongatapu"},
    "a zone at -11:00": {"utc_offset": -39_600, "timezone": "(GMT-11:00) Pacific/Pago_Pago"},
    "a start shared with another": {"start_date": "2026-10-28T07:00:00Z"},
    "the other with the same start": {"start_date": "2026-10-28T07:00:00Z"},
}


def test_odd_records_arrive_digit_for_digit_and_are_written_once(imported: Athlete) -> None:
    added = {name: imported.add(**fields) for name, fields in ODD.items()}
    first = imported.extract(OPTED_IN, *NO_VERIFICATION).or_fail("extract")
    assert first["accounts"][0]["streams"]["activity_details"]["upserts"] == len(ODD)
    lake, source = imported.lake(), imported.source()
    for stream in ("activities", "activity_details", "activity_streams", "kudos", "comments", "photos"):
        for name, id_ in added.items():
            assert lake[stream].get((id_,)) == source[stream].get((id_,)), (stream, name)
    upload = raw_summary(imported, added["an upload_id above 2^63"])
    assert '"upload_id":9223372036854788153,' in upload
    assert re.search(r'"distance":5000[,}]', raw_summary(imported, added["integers where floats were"]))
    points = lake["activity_streams"][added["streams of 20,000 points"],]["time"]
    assert (len(points["data"]), points["original_size"]) == (20_000, 20_000)

    again = imported.extract(OPTED_IN, *NO_VERIFICATION).or_fail("extract")
    assert again["accounts"][0]["commits"] == []


def test_a_number_or_position_that_is_only_written_differently_is_not_a_change(imported: Athlete) -> None:
    whole, placeless = imported.add(distance=5000.0, average_speed=2.5), imported.add(start_latlng=[], end_latlng=[])
    imported.extract(*NO_VERIFICATION).or_fail("extract")
    imported.edit(whole, distance=5000, average_speed=2.50)
    imported.edit(placeless, start_latlng=None, end_latlng=None)
    again = imported.extract(*NO_VERIFICATION).or_fail("extract")
    assert again["accounts"][0]["streams"]["activities"]["upserts"] == 0
    assert again["accounts"][0]["commits"] == []


def test_250_activities_with_the_same_start_are_all_listed(athlete_pool: AthletePool) -> None:
    busy = athlete_pool.newcomer()
    same = {busy.add(start_date="2026-10-20T08:00:00Z", moving_time=60, manual=True) for _ in range(250)}
    busy.extract("--streams=athlete,activities").or_fail("extract")
    listed = busy.lake()["activities"]
    assert {(id_,) for id_ in same} <= listed.keys()
    assert listed == busy.source("activities")["activities"]


def raw_summary(athlete: Athlete, activity: int) -> str:
    """The line in the lake, as written."""
    for part in (athlete.stack.variant.lake / "bronze" / "strava" / athlete.account / "activities").rglob("*.gz"):
        for line in gzip.decompress(part.read_bytes()).decode().splitlines():
            if json.loads(line)["key"] == [activity]:
                return line
    raise AssertionError(f"the lake has no summary of {activity}")
