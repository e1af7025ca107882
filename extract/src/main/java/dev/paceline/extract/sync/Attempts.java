package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a record, or a listing, that could not be read: how often, why, and since when.
/// It is tried again after a day, then after two, four and so on.
///
/// @param number of attempts, at least 1
/// @param since the first attempt, in epoch seconds
/// @param last attempt, in epoch seconds
/// @param status of the last response
/// @param reason of the last attempt, in a few words
/// @param calls that the last attempt took; 0 if unknown
record Attempts(
    @JsonProperty("n") int number,
    @JsonProperty("t0") long since,
    @JsonProperty("t") long last,
    @JsonProperty("s") int status,
    @JsonProperty("r") String reason,
    @JsonProperty("c") long calls) {

  private static final long DAY = 86_400;

  /// An attempt up to an hour early still counts as the next day's.
  private static final long EARLY = 3_600;

  private static final int MAX_DOUBLINGS = 5;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /// The attempts so far.
  ///
  /// @param before the earlier ones; null if this is the first
  /// @param calls that this one took; 0 if unknown
  static Attempts with(
      @Nullable Attempts before, Instant at, int status, String reason, long calls) {
    long second = at.getEpochSecond();
    return before == null
        ? new Attempts(1, second, second, status, reason, calls)
        : new Attempts(before.number + 1, before.since, second, status, reason, calls);
  }

  /// The earliest moment of the next attempt.
  Instant notBefore() {
    return Instant.ofEpochSecond(last + (DAY << Math.min(number - 1, MAX_DOUBLINGS)) - EARLY);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(notBefore());
  }

  /// Whether the token was denied it. A denied listing is tried in every run, as a new token may be
  /// accepted; a denied record waits.
  boolean isDenial() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /// For a listing that is not read meanwhile.
  String inWords() {
    return "%s, since %s; tried again after %s"
        .formatted(reason, Instant.ofEpochSecond(since), notBefore());
  }
}
