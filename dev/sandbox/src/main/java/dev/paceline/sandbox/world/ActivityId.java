package dev.paceline.sandbox.world;

import java.time.Instant;

/// Ids like Strava's: above 2^31, increasing with time, about 64 a second since 2022.
///
/// Each start second has a block of 64 ids: one for each athlete, and the last one for activities
/// added through the control API.
public final class ActivityId {
  /// With more athletes than this, two of them would share ids.
  public static final int MAX_ATHLETES = 50;

  private static final int IDS_PER_SECOND = 64;
  private static final long FIRST_OF_2022 = 6_456_000_000L;
  private static final long EPOCH_2022 = Instant.parse("2022-01-01T00:00:00Z").getEpochSecond();

  /// Before 2022 ids grew more slowly: six seconds share one block, because no athlete starts two
  /// activities within six seconds.
  private static final int EARLY_SECONDS = 6;

  private ActivityId() {}

  public static long of(int athlete, long startSecond) {
    return block(startSecond) + Math.floorMod(athlete * 29 + 11, IDS_PER_SECOND - 1);
  }

  /// For an activity that is added at this second; `nth` distinguishes several in one second.
  static long added(long second, int nth) {
    return block(second) + (long) nth * IDS_PER_SECOND + IDS_PER_SECOND - 1;
  }

  private static long block(long second) {
    long since2022 = second - EPOCH_2022;
    long blocks = since2022 >= 0 ? since2022 : Math.floorDiv(since2022, (long) EARLY_SECONDS);
    return FIRST_OF_2022 + blocks * IDS_PER_SECOND;
  }
}
