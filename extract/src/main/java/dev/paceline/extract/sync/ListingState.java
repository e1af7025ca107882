package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is known of a listed stream: its existing records, and how far its last listing got. A
/// listing that the budget ended early is resumed; the records that it has seen have its number.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
final class ListingState {

  /// In place of a hash.
  private static final String UNKNOWN = "";

  @JsonProperty private final Map<String, Listed> records = new TreeMap<>();
  @JsonProperty private int number;
  @JsonProperty private @Nullable LocalDate ds;
  @JsonProperty private @Nullable String position;
  @JsonProperty private boolean complete;
  @JsonProperty private boolean confirming;
  @JsonProperty private Set<String> kept = new TreeSet<>();
  @JsonProperty private int known;
  @JsonProperty private long at;
  @JsonProperty private long pages;
  @JsonProperty private Set<String> scopes = Set.of();
  @JsonProperty private @Nullable Attempts refused;

  /// By key.
  Map<String, Listed> records() {
    return records;
  }

  /// Begins a listing, or resumes one of the same day that was ended early. Returns the position to
  /// start from.
  Optional<String> begin(LocalDate today) {
    boolean resumes = today.equals(ds) && !complete && (position != null || confirming);
    if (!resumes) {
      number++;
      ds = today;
      position = null;
      complete = false;
      confirming = false;
      kept = new TreeSet<>();
      known = records.size();
    }
    return Optional.ofNullable(position);
  }

  /// The number of the current listing, raised each time one begins.
  int number() {
    return number;
  }

  /// Records that the source refuses the listing as such.
  void refused(Instant when, int status, String reason) {
    abandon();
    refused = Attempts.with(refused, when, status, reason, 0);
  }

  /// Why and since when the source refuses it; empty if it does not.
  Optional<Attempts> refusal() {
    return Optional.ofNullable(refused);
  }

  /// How many records were known when this listing began.
  int knownAtStart() {
    return known;
  }

  /// Sets the position of the next page.
  void moveTo(@Nullable String next) {
    position = next;
  }

  /// Notes that all pages are read, and that the source is asked for the keys that are missing.
  void startConfirming() {
    position = null;
    confirming = true;
  }

  boolean isConfirming() {
    return confirming;
  }

  /// Notes that a missing record is kept, so that a resumed listing does not ask for it again.
  void keep(String key) {
    kept.add(key);
  }

  /// The missing keys that the source has not been asked for.
  List<String> unconfirmed() {
    return unseen().stream().filter(key -> !kept.contains(key)).toList();
  }

  /// Forgets how far the listing got: the next one starts over.
  void abandon() {
    position = null;
    confirming = false;
  }

  void completed(Instant now) {
    position = null;
    confirming = false;
    kept = new TreeSet<>();
    complete = true;
    refused = null;
    at = now.getEpochSecond();
  }

  /// Notes how many pages the complete listing had. Only forecasts use it.
  void had(long pagesRead) {
    pages = pagesRead;
  }

  /// How many pages the last complete listing had; 0 if unknown.
  long pages() {
    return pages;
  }

  /// Whether the last listing has shown that the source no longer lists a record, which it kept
  /// because it still exists.
  boolean isUnlisted(Listed record) {
    boolean isPast =
        complete || confirming || (position != null && record.time() >= Long.parseLong(position));
    return isPast && record.number() != number;
  }

  /// Whether all records of the source are known: a listing was complete once, or the records come
  /// from the log.
  boolean isKnown() {
    return at > 0 || (number == 0 && !records.isEmpty());
  }

  boolean isCompleteOf(LocalDate day) {
    return complete && day.equals(ds);
  }

  /// Whether the last listing is complete, and no older than this.
  boolean isFresh(Instant now, Duration age) {
    return complete && now.getEpochSecond() - at <= age.toSeconds();
  }

  /// The scopes of the token at the last complete listing; empty if unknown.
  Set<String> scopes() {
    return scopes;
  }

  void listedWith(Set<String> granted) {
    scopes = new TreeSet<>(granted);
  }

  /// The hash of an existing record; null if the record is not known.
  @Nullable String hash(String key) {
    Listed known = records.get(key);
    return known == null ? null : known.hash();
  }

  /// Notes that this listing has seen a record.
  ///
  /// @param time of the record, in epoch seconds; 0 if it has none
  void seen(String key, String hash, long time) {
    Listed known = records.get(key);
    if (known == null
        || known.number() != number
        || !known.hash().equals(hash)
        || known.misfit() != null) {
      records.put(key, new Listed(hash, time, number, null));
    }
  }

  /// Notes that this listing has seen a record that exceeds a limit, so that nothing of it but its
  /// existence is known.
  ///
  /// @param time of the record, in epoch seconds; 0 if it has none
  void seenMisfit(String key, String hash, long time, Instant at, String reason) {
    Listed known = records.get(key);
    Attempts before = known == null ? null : known.misfit();
    Attempts misfit = Attempts.with(before, at, RejectLog.OK, reason, 0);
    records.put(key, new Listed(hash, time, number, misfit));
  }

  /// Notes a record that exceeds a limit, as the log has it: of its content only the reason is
  /// known.
  void replayMisfit(String key, Instant at, String reason) {
    Listed known = records.get(key);
    seenMisfit(key, UNKNOWN, known == null ? 0 : known.time(), at, reason);
  }

  /// Whether the log has a record that exceeds a limit for this reason, but its content is unknown.
  boolean hasReplayedMisfit(String key, String reason) {
    Listed known = records.get(key);
    return known != null
        && known.hash().equals(UNKNOWN)
        && known.misfit() != null
        && known.misfit().reason().equals(reason);
  }

  /// The keys of known records that this listing has not seen, in order.
  List<String> unseen() {
    return records.entrySet().stream()
        .filter(record -> record.getValue().number() != number)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// An existing record.
  ///
  /// @param number of the listing that has last seen it
  /// @param misfit why, and since when, it is not in the lake as it is; null if it is
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Listed(
      @JsonProperty("h") String hash,
      @JsonProperty("t") long time,
      @JsonProperty("n") int number,
      @JsonProperty("m") @Nullable Attempts misfit) {}
}
