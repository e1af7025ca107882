package dev.paceline.extract.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.paceline.extract.api.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many calls the source still allows, as its last answer told it.
public final class Budget {

  /// Of a source that refuses calls without ever telling its limits.
  private static final Duration UNKNOWN_WINDOW = Duration.ofMinutes(15);

  /// At most this share of a window is kept for later.
  private static final double MOST_RESERVED = 0.2;

  private final List<RateLimit> limits;
  private final Map<String, List<Window>> told = new TreeMap<>();

  public Budget(List<RateLimit> limits) {
    this.limits = limits;
  }

  /// Begins with what an earlier run was told; what api.yaml no longer has is forgotten.
  public void restore(List<Window> windows) {
    for (RateLimit limit : limits) {
      List<Window> known =
          windows.stream().filter(window -> window.limit().equals(limit.name())).toList();
      if (known.stream().map(Window::length).toList().equals(limit.windows())) {
        told.put(limit.name(), known);
      }
    }
  }

  /// All windows as they were told last.
  public List<Window> windows() {
    return told.values().stream().flatMap(List::stream).toList();
  }

  /// Reads an answer's headers; of a limit that it does not tell, the last word holds.
  void observe(Map<String, String> headers, Instant now) {
    for (RateLimit limit : limits) {
      String[] most = numbers(headers.get(limit.limitHeader()));
      String[] used = numbers(headers.get(limit.usageHeader()));
      int count = Math.min(limit.windows().size(), Math.min(most.length, used.length));
      List<Window> windows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Duration length = limit.windows().get(i);
        windows.add(
            new Window(
                limit.name(), length, Long.parseLong(most[i]), Long.parseLong(used[i]), now));
      }
      if (!windows.isEmpty()) {
        told.put(limit.name(), windows);
      }
    }
  }

  private static String[] numbers(@Nullable String header) {
    String text = header == null ? "" : header.replace(" ", "");
    return text.matches("\\d{1,18}(,\\d{1,18})*") ? text.split(",", -1) : new String[0];
  }

  /// When the next call is allowed; empty where it is now.
  public Optional<Instant> spentUntil(Instant now) {
    return spentUntil(now, 0);
  }

  /// When a call is allowed that leaves so many for later in the longest windows; empty where it is
  /// now.
  ///
  /// @param reserve calls; never more than a fifth of a window is kept
  public Optional<Instant> spentUntil(Instant now, long reserve) {
    Duration longest = longest();
    return windows().stream()
        .filter(window -> {
          boolean isPersistent = window.length().equals(longest) && reserve > 0;
          long kept = isPersistent ? Math.min(reserve, (long) (window.most() * MOST_RESERVED)) : 0;
          return window.left(now) <= kept;
        })
        .map(Window::end)
        .max(naturalOrder());
  }

  /// When a refused call (429) is worth another try: when the window that is spent has ended, or
  /// the shortest one where none seems to be.
  Instant resumeAfterRefusal(Instant now) {
    Duration shortest =
        limits.stream()
            .flatMap(limit -> limit.windows().stream())
            .min(naturalOrder())
            .orElse(UNKNOWN_WINDOW);
    return spentUntil(now).orElseGet(() -> endOf(shortest, now));
  }

  /// When so many calls can have been made at the earliest, by a run that goes on at each new
  /// window; empty where nothing is known of the budget.
  ///
  /// @param kept calls of each of the longest windows that are for other things; at most half
  public Optional<Instant> doneAt(long calls, long kept, Instant now) {
    Duration longest = longest();
    return windows().stream()
        .map(window -> window.afterCalls(calls, window.length().equals(longest) ? kept : 0, now))
        .max(naturalOrder());
  }

  private @Nullable Duration longest() {
    return windows().stream().map(Window::length).max(naturalOrder()).orElse(null);
  }

  private static <T extends Comparable<T>> Comparator<T> naturalOrder() {
    return Comparator.naturalOrder();
  }

  private static Instant endOf(Duration length, Instant moment) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(
        Math.floorDiv(moment.getEpochSecond(), seconds) * seconds + seconds);
  }

  /// One window as it was told.
  ///
  /// @param limit the name of the limit in api.yaml
  /// @param most calls that it allows
  /// @param used calls that were made in it
  /// @param told when, by the source's clock
  public record Window(String limit, Duration length, long most, long used, Instant told) {

    /// When it was or will be over.
    @JsonIgnore
    public Instant end() {
      return endOf(length, told);
    }

    /// When the window of a moment is over: its own, or a later one.
    public Instant endAfter(Instant now) {
      return now.isBefore(end()) ? end() : endOf(length, now);
    }

    /// The calls that it still allows.
    public long left(Instant now) {
      return now.isBefore(end()) ? Math.max(0, most - used) : most;
    }

    /// When this many further calls fit into it and those after it.
    private Instant afterCalls(long calls, long kept, Instant now) {
      long each = most - Math.min(kept, most / 2);
      long beyond = calls - Math.max(0, left(now) - (most - each));
      if (beyond <= 0 || each == 0) {
        return now;
      }
      long further = (beyond - 1) / each;
      return endAfter(now).plusSeconds(length.toSeconds() * further);
    }
  }
}
