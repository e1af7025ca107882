package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription.Child;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
  /// its streams; last of all, those whose stream was denied to them.
  static FetchQueue forDueItems(Plan plan, AccountState state, Instant now) {
    List<Entry> due = new ArrayList<>();
    plan.children().forEach(stream -> due.addAll(dueOf(stream, plan, state, now)));
    due.sort( // stable: streams keep their order
        Comparator.<Entry>comparingLong(entry -> entry.item().deniedAt())
            .thenComparing(Comparator.comparingLong(Entry::time).reversed()));
    return new FetchQueue(due);
  }

  private static List<Entry> dueOf(Child stream, Plan plan, AccountState state, Instant now) {
    String root = plan.rootOf(stream);
    List<Entry> due = new ArrayList<>();
    state
        .items(stream.name())
        .forEach((key, item) -> {
          if (item.isDue(now)) {
            due.add(new Entry(stream, key, item, state.time(root, key)));
          }
        });
    return due;
  }

  /// Adds the records that are due because a record was read by a call of its own: its children,
  /// and those that it names.
  void addChildrenOf(Entry read, Plan plan, AccountState state, Instant now) {
    for (Child child : plan.childrenOf(read.stream())) {
      ItemState item = state.items(child.name()).get(read.key());
      if (item != null && item.isDue(now)) {
        addFirst(new Entry(child, read.key(), item, read.time()));
      }
    }
    for (Child named : plan.withIdsIn(read.stream())) {
      dueOf(named, plan, state, now).forEach(this::addFirst);
    }
  }

  /// Puts a record before all others, unless it is among them.
  private void addFirst(Entry entry) {
    if (!entries.contains(entry)) {
      entries.addFirst(entry);
    }
  }

  /// The records to read again for edits that no listing shows, least recently read first.
  ///
  /// @param before only records that were last read before this moment
  /// @param now only records whose last attempt, if it has failed, may be repeated by then
  /// @param limit the most records to return
  static FetchQueue forVerification(
      Plan plan, AccountState state, Instant before, Instant now, int limit) {
    List<Entry> settled = new ArrayList<>();
    for (Child stream : plan.children()) {
      if (stream.verified()) {
        state
            .items(stream.name())
            .forEach((key, item) -> {
              if (item.isSettledBefore(before, now)) {
                settled.add(new Entry(stream, key, item, 0));
              }
            });
      }
    }
    settled.sort(Comparator.comparing(Entry::item, ItemState.LEAST_RECENTLY_READ));
    return new FetchQueue(settled.subList(0, Math.min(limit, settled.size())));
  }

  /// The records that the next call reads: one, as long as no stream is read in batches. Empty at
  /// the end.
  List<Entry> nextCall() {
    return entries.isEmpty() ? List.of() : List.of(entries.getFirst());
  }

  /// The record of a call that reads one; no stream is read in batches yet.
  static Entry only(List<Entry> call) {
    if (call.size() != 1) {
      throw new IllegalArgumentException("%d records in one call".formatted(call.size()));
    }
    return call.getFirst();
  }

  /// Puts records after all others.
  void addLast(List<Entry> more) {
    entries.addAll(more);
  }

  /// Removes the records of a call that has been made.
  void remove(List<Entry> call) {
    call.forEach(entries::remove);
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
  record Entry(Child stream, String key, ItemState item, long time) {

    /// Whether nothing requests it any more: the record that it was read for is gone, or no longer
    /// names it.
    boolean isForgotten(AccountState state) {
      return state.items(stream.name()).get(key) != item || item.wanted() == null;
    }

    boolean needsCall() {
      return !RefetchKey.NONE.equals(item.wanted());
    }
  }
}
