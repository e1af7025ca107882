package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.Content;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Records that could not be read, until it is known why. One that permanently returns an error, as
/// a corrupt activity does, becomes a reject, and the others are still read. But if all fail, the
/// source is down, or the token is denied more than these records. Only other calls show that: a
/// reject is written only after one has succeeded.
final class PendingRejects {

  /// After this many, another call has to show whether the source is up.
  private static final int PROBE_AFTER = 3;

  /// After this many consecutive failures, the rest are not tried, even if other calls succeed.
  private static final int GIVE_UP_AFTER = 12;

  private static final int SERVER_ERROR = 500;

  /// In place of the status of a call that got no usable response.
  static final int NO_STATUS = 0;

  private final String account;
  private final RejectLog log;
  private final Predicate<String> hasRead;
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> readable = new HashSet<>();
  private final Map<String, Integer> consecutive = new HashMap<>();
  private @Nullable Pending last;

  /// @param hasRead whether a record of a stream was ever read
  PendingRejects(String account, RejectLog log, Predicate<String> hasRead) {
    this.account = account;
    this.log = log;
    this.hasRead = hasRead;
  }

  /// Another record of the stream could be read, so the failed records themselves are at fault; but
  /// this says nothing about the scopes that other streams need.
  void fetched(String stream) {
    consecutive.clear();
    readable.add(stream);
    write(each -> !isUnderSuspicion(each));
  }

  /// Rejects a record that the source has, but that exceeds a limit: the source is not at fault.
  ///
  /// @param calls that it took, as for the records below
  void add(FetchQueue.Entry entry, Content.TooMuch tooMuch, Instant at, long calls) {
    String stream = entry.stream().name();
    fetched(stream);
    log.reject(stream, entry.key(), at, tooMuch.reason(), tooMuch.beginning());
    entry.item().failed(at, RejectLog.OK, tooMuch.reason(), calls);
  }

  void add(FetchQueue.Entry entry, ApiResponse.Refused<Content> refused, long calls) {
    Reject reject = new Reject(refused.status(), refused.reason(), refused.body());
    add(entry, reject, refused.at(), calls);
  }

  /// Adds a record whose call got no usable response.
  void add(FetchQueue.Entry entry, Failure failed, Instant at, long calls) {
    add(entry, new Reject(NO_STATUS, failed.what(), new byte[0]), at, calls);
  }

  void add(FetchQueue.Entry entry, Reject reject, Instant at, long calls) {
    add(new Pending(entry, reject, at, Kind.UNREADABLE, calls));
  }

  void add(FetchQueue.Entry entry, ApiResponse.Denied<Content> denied, long calls) {
    Reject reject = new Reject(denied.status(), denied.reason(), denied.body());
    add(
        new Pending(
            entry,
            reject,
            denied.at(),
            denied.lacksScope() ? Kind.LACKS_SCOPE : Kind.DENIED,
            calls));
  }

  /// A record that is read again, after a wait for the budget, is still one record.
  private void add(Pending failed) {
    boolean isAgain = pending.removeIf(each -> each.entry().equals(failed.entry()));
    pending.add(failed);
    last = failed;
    if (!isAgain) {
      consecutive.merge(failed.stream(), 1, Integer::sum);
    }
  }

  /// Whether another call has to show whether the source is up.
  boolean needsProbe() {
    return pending.stream().filter(each -> !isUnderSuspicion(each)).count() >= PROBE_AFTER;
  }

  /// Notes that no further record will be read. One or two records without scope of a stream that
  /// could be read before are at fault themselves. Returns whether any record awaits a decision
  /// that a call can bring.
  boolean end() {
    Map<String, Long> suspected =
        pending.stream()
            .filter(this::isUnderSuspicion)
            .collect(Collectors.groupingBy(Pending::stream, Collectors.counting()));
    suspected.forEach((stream, number) -> {
      if (number < PROBE_AFTER && hasRead.test(stream)) {
        readable.add(stream);
      }
    });
    return isUndecided();
  }

  /// Whether any record awaits a decision that a call can bring.
  boolean isUndecided() {
    return pending.stream().anyMatch(each -> !isUnderSuspicion(each));
  }

  /// Another call has succeeded: the records are at fault.
  void sourceIsUp() {
    write(each -> !isUnderSuspicion(each));
  }

  /// Another call has succeeded, but only with a renewed token. Returns the records that were
  /// denied the old one.
  List<FetchQueue.Entry> tokenWasRenewed() {
    List<FetchQueue.Entry> again =
        pending.stream()
            .filter(each -> each.kind() != Kind.UNREADABLE)
            .map(Pending::entry)
            .toList();
    pending.removeIf(each -> each.kind() != Kind.UNREADABLE);
    sourceIsUp();
    return again;
  }

  /// The failure of the account (exit 69 or 65), as another call has failed as well.
  Failure sourceIsDown() {
    return down(pending.getLast(), "they stay in the queue");
  }

  /// The streams that the token lacks a scope for, with the reason: no record of theirs could be
  /// read. Their records stay in the queue, behind those that have not been tried.
  ///
  /// @param atEnd whether no further record will be read
  Map<String, String> withoutScope(boolean atEnd) {
    Map<String, Long> suspected = new TreeMap<>();
    Map<String, String> denied = new TreeMap<>();
    for (Pending each : pending) {
      String stream = each.stream();
      if (isUnderSuspicion(each)
          && (suspected.merge(stream, 1L, Long::sum) >= PROBE_AFTER || atEnd)) {
        denied.put(stream, each.reject().reason());
      }
    }
    for (Pending each : List.copyOf(pending)) {
      if (isUnderSuspicion(each) && denied.containsKey(each.stream())) {
        each.entry().item().denied(each.at());
        pending.remove(each);
      }
    }
    return denied;
  }

  /// Gives up on the rest if too many of a stream have failed in a row: throws (exit 69 or 65), or
  /// returns why the stream of the last one cannot be read, if that was denied.
  Map<String, String> tooMany() {
    Pending latest = last;
    if (latest == null || inARow(latest) < GIVE_UP_AFTER) {
      return Map.of();
    }
    if (latest.kind() == Kind.UNREADABLE) {
      throw down(latest, "they are tried again in a day, the others in the next run");
    }
    consecutive.remove(latest.stream());
    return Map.of(latest.stream(), latest.reject().reason());
  }

  private int inARow(Pending latest) {
    return consecutive.getOrDefault(latest.stream(), 0);
  }

  /// Whether the stream as a whole may be denied, rather than this record. A record that was
  /// rejected before is at fault itself: others of its stream could be read then.
  private boolean isUnderSuspicion(Pending each) {
    return each.kind() == Kind.LACKS_SCOPE
        && !readable.contains(each.stream())
        && each.entry().item().failure().isEmpty();
  }

  private void write(Predicate<Pending> decided) {
    for (Pending each : pending.stream().filter(decided).toList()) {
      FetchQueue.Entry entry = each.entry();
      log.reject(entry.stream().name(), entry.key(), each.at(), each.reject());
      entry.item().failed(each.at(), each.reject().status(), each.reject().reason(), each.calls());
    }
    pending.removeIf(decided);
  }

  private Failure down(Pending latest, String consequence) {
    int status = latest.reject().status();
    return new Failure(
        status >= SERVER_ERROR || status == NO_STATUS ? Exit.UNAVAILABLE : Exit.UNUSABLE,
        "Reading %s of the account %s one by one".formatted(latest.stream(), account),
        "%d in a row could not be read; of the last one: %s"
            .formatted(inARow(latest), latest.reject().reason()),
        "try again later; " + consequence);
  }

  private enum Kind {
    UNREADABLE,
    DENIED,
    LACKS_SCOPE
  }

  private record Pending(FetchQueue.Entry entry, Reject reject, Instant at, Kind kind, long calls) {

    String stream() {
      return entry.stream().name();
    }
  }
}
