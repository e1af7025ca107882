package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of a record that needs a call of its own.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
final class ItemState {

  static final Comparator<ItemState> LEAST_RECENTLY_READ =
      Comparator.comparingLong(item -> item.readAt);

  @JsonProperty("w")
  private @Nullable String wanted;

  @JsonProperty("r")
  private @Nullable String fetched;

  @JsonProperty("h")
  private @Nullable String hash;

  @JsonProperty("t")
  private long readAt;

  @JsonProperty("c")
  private long counted;

  @JsonProperty("f")
  private @Nullable Attempts failed;

  /// When its stream was last denied, to this record among others; 0 if it was not.
  @JsonProperty("d")
  private long deniedAt;

  /// The listings and records that name it, each with the number of the listing that last did; null
  /// if it has its key from its parent.
  @JsonProperty("n")
  private @Nullable Map<String, Integer> named;

  void request(String refetchKey) {
    if (!refetchKey.equals(wanted)) {
      wanted = refetchKey;
      failed = null;
      deniedAt = 0;
    }
  }

  /// Notes how many records it consists of, as its parent says, if they are more than fit on a
  /// page. Only forecasts use it.
  void consistsOf(long records) {
    counted = records;
  }

  /// How many records it consists of; 0 if one page has them all, or nobody says.
  long counted() {
    return counted;
  }

  /// Requests it because a record names it.
  ///
  /// @param refetchKey null if it is not yet known: it is then requested once it is
  /// @param namer the listing, or the record, that names it
  /// @param listing the number of the listing that has found it
  void requestByName(@Nullable String refetchKey, String namer, int listing) {
    if (refetchKey != null) {
      request(refetchKey);
    }
    Map<String, Integer> names = named == null ? new TreeMap<>() : named;
    names.put(namer, listing);
    named = names;
  }

  /// Forgets the name that an earlier listing found. A record that nothing names any more is no
  /// longer read.
  void unlessNamedBy(String namer, int listing) {
    Map<String, Integer> names = named;
    if (names != null && names.getOrDefault(namer, listing) != listing) {
      names.remove(namer);
      if (names.isEmpty()) {
        named = null;
        wanted = null;
        failed = null;
        deniedAt = 0;
      }
    }
  }

  /// Whether a record names it.
  boolean isNamed() {
    return named != null;
  }

  /// The refetch key it should be read for; null if none was requested.
  @Nullable String wanted() {
    return wanted;
  }

  /// Whether it should be read now.
  boolean isDue(Instant now) {
    return wanted != null && !wanted.equals(fetched) && (failed == null || failed.isDue(now));
  }

  /// Whether it is up to date, was last read before this moment, and need not wait after a failed
  /// attempt to read it again.
  boolean isSettledBefore(Instant moment, Instant now) {
    return wanted != null
        && wanted.equals(fetched)
        && !wanted.equals(RefetchKey.NONE)
        && readAt < moment.getEpochSecond()
        && (failed == null || failed.isDue(now));
  }

  /// Whether it was read at least once, even if it did not exist.
  boolean isRead() {
    return fetched != null;
  }

  /// The hash of its content in the lake; null if it has none there.
  @Nullable String hash() {
    return hash;
  }

  /// Records that it was read for the current refetch key.
  void readAs(@Nullable String newHash, Instant when) {
    fetched = wanted;
    hash = newHash;
    readAt = when.getEpochSecond();
    failed = null;
    deniedAt = 0;
  }

  /// Records that its stream was denied to it and to others: it stays due, but others are tried
  /// first.
  void denied(Instant when) {
    deniedAt = when.getEpochSecond();
  }

  /// When its stream was denied to it, in epoch seconds; 0 if it was not.
  long deniedAt() {
    return deniedAt;
  }

  /// Records that it could not be read.
  ///
  /// @param calls that the attempt took; 0 if unknown
  void failed(Instant when, int status, String reason, long calls) {
    readAt = when.getEpochSecond(); // the others come first when records are read again in turn
    failed = Attempts.with(failed, when, status, reason, calls);
  }

  /// Why and since when it cannot be read; empty if it can, or has not been tried.
  Optional<Attempts> failure() {
    return Optional.ofNullable(failed);
  }

  /// Whether it is reported as unread: it is due and could not be read, or it is tried again only
  /// later. A record that was then read without a change leaves no trace in the log, so that a
  /// state that is rebuilt still has its failure.
  boolean isMissed(Instant now) {
    return failed != null && (!failed.isDue(now) || isDue(now));
  }

  /// Reads it again in this run if the token was denied it.
  void retryIfDenied() {
    failed = failed != null && failed.isDenial() ? null : failed;
    deniedAt = 0;
  }
}
