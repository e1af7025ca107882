package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Records that need a call of their own, in the order in which they are read.
final class FetchQueue {

  private final Deque<Entry> entries;

  private FetchQueue(List<Entry> entries) {
    this.entries = new ArrayDeque<>(entries);
  }

  static FetchQueue empty() {
    return new FetchQueue(List.of());
  }

  /// The records that are due: gear and zones first, then the newest activities, each with all of
  /// its streams.
  static FetchQueue forDueItems(Plan plan, AccountState state, Instant now) {
    List<Entry> due = new ArrayList<>();
    for (StreamDescription stream : plan.children()) {
      String parent = stream.childOf().orElseThrow().of();
      state
          .items(stream.name())
          .forEach((key, item) -> {
            if (item.isDue(now.getEpochSecond())) {
              due.add(new Entry(stream, key, item, state.time(parent, key)));
            }
          });
    }
    due.sort(Comparator.comparingLong(Entry::time).reversed()); // stable: streams keep their order
    return new FetchQueue(due);
  }

  /// The records to read again for edits that no listing shows, least recently read first.
  ///
  /// @param before only records that were last read before this moment
  /// @param limit the most records to return
  static FetchQueue forVerification(Plan plan, AccountState state, Instant before, int limit) {
    List<Entry> settled = new ArrayList<>();
    for (StreamDescription stream : plan.children()) {
      if (stream.isVerified()) {
        state
            .items(stream.name())
            .forEach((key, item) -> {
              if (item.isSettledBefore(before.getEpochSecond())) {
                settled.add(new Entry(stream, key, item, 0));
              }
            });
      }
    }
    settled.sort(Comparator.comparing(Entry::item, AccountState.Item.LEAST_RECENTLY_READ));
    return new FetchQueue(settled.subList(0, Math.min(limit, settled.size())));
  }

  Optional<Entry> first() {
    return Optional.ofNullable(entries.peekFirst());
  }

  void removeFirst() {
    entries.removeFirst();
  }

  void removeIf(Predicate<Entry> unwanted) {
    entries.removeIf(unwanted);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  /// The minimum number of calls that it will take; some entries need none.
  long calls() {
    return entries.stream().filter(Entry::needsCall).count();
  }

  /// The number of entries by stream.
  Map<String, Long> byStream() {
    Map<String, Long> counts = new TreeMap<>();
    entries.forEach(entry -> counts.merge(entry.stream().name(), 1L, Long::sum));
    return counts;
  }

  /// A record to be read.
  ///
  /// @param time of its parent, in epoch seconds
  record Entry(StreamDescription stream, String key, AccountState.Item item, long time) {

    boolean needsCall() {
      return !RefetchKey.NONE.equals(item.wanted());
    }
  }
}
