package dev.paceline.sandbox.world;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One athlete's activities, newest first, as they are during a span of seconds.
public final class View {
  private final List<ListedActivity> newestFirst;
  private final Map<Long, ListedActivity> byId = new HashMap<>();
  private final Map<String, Double> metresByGear = new HashMap<>();
  private final long edits;
  private final long fromSecond;
  private final long untilSecond;

  View(List<ListedActivity> newestFirst, long edits, long fromSecond, long untilSecond) {
    this.newestFirst = newestFirst;
    this.edits = edits;
    this.fromSecond = fromSecond;
    this.untilSecond = untilSecond;
    for (ListedActivity activity : newestFirst) {
      byId.put(activity.id(), activity);
      if (activity.gear() != null) {
        metresByGear.merge(activity.gear(), activity.metres(), Double::sum);
      }
    }
  }

  boolean isCurrent(long second, long editsNow) {
    return edits == editsNow && fromSecond <= second && second < untilSecond;
  }

  public List<ListedActivity> all() {
    return newestFirst;
  }

  /// The activities that start after one second, which is in the past, and before the other; both
  /// exclusive.
  public List<ListedActivity> between(long after, long before) {
    int from = firstStartingBefore(before);
    int to = firstStartingBefore(after + 1);
    return from >= to ? List.of() : newestFirst.subList(from, to);
  }

  public Optional<ListedActivity> activity(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Map<String, Double> metresByGear() {
    return Collections.unmodifiableMap(metresByGear);
  }

  private int firstStartingBefore(long second) {
    int low = 0;
    int high = newestFirst.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (newestFirst.get(middle).startSecond() >= second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
