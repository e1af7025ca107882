package dev.paceline.extract.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.paceline.extract.api.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many calls the source still allows, as its last response reported.
public final class Budget {

  /// For a source that refuses calls without ever reporting its limits.
  private static final Duration UNKNOWN_WINDOW = Duration.ofMinutes(15);

  /// At most this share of a window is reserved.
  private static final double MAX_RESERVED_SHARE = 0.2;

  private final List<RateLimit> limits;
  private final Map<String, List<Window>> reported = new TreeMap<>();

  public Budget(List<RateLimit> limits) {
    this.limits = limits;
  }

  /// Adds what another run of the application has observed, before or meanwhile: of the same window
  /// the larger use, otherwise the later window. Windows that api.yaml no longer has are left out.
  public void merge(List<Window> windows) {
    for (RateLimit limit : limits) {
      List<Window> others =
          windows.stream().filter(window -> window.limit().equals(limit.name())).toList();
      if (others.stream().map(Window::length).toList().equals(limit.windows())) {
        reported.merge(limit.name(), others, Budget::later);
      }
    }
  }

  private static List<Window> later(List<Window> ours, List<Window> theirs) {
    List<Window> merged = new ArrayList<>();
    for (int i = 0; i < theirs.size(); i++) {
      Comparator<Window> byUse = Comparator.comparing(Window::end).thenComparingLong(Window::used);
      boolean isOurs = i < ours.size() && byUse.compare(ours.get(i), theirs.get(i)) >= 0;
      merged.add(isOurs ? ours.get(i) : theirs.get(i));
    }
    return merged;
  }

  /// All windows as they were last reported.
  public List<Window> windows() {
    return reported.values().stream().flatMap(List::stream).toList();
  }

  /// Reads the headers of a response. A limit that it does not report keeps its last values.
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
        reported.put(limit.name(), windows);
      }
    }
  }

  /// Counts a call of a forecast, as the source would: one more in each window that contains this
  /// moment. A limit that no response has reported yet is what the source has published.
  void suppose(Instant now) {
    for (RateLimit limit : limits) {
      List<Window> known = reported.getOrDefault(limit.name(), published(limit, now));
      if (!known.isEmpty()) {
        reported.put(limit.name(), known.stream().map(window -> window.plusCall(now)).toList());
      }
    }
  }

  private static List<Window> published(RateLimit limit, Instant now) {
    List<Long> most = limit.publishedLimits().orElse(List.of());
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < most.size(); i++) {
      windows.add(new Window(limit.name(), limit.windows().get(i), most.get(i), 0, now));
    }
    return windows;
  }

  /// The limits that no response has reported yet.
  public List<RateLimit> unreported() {
    return limits.stream().filter(limit -> !reported.containsKey(limit.name())).toList();
  }

  private static String[] numbers(@Nullable String header) {
    String text = header == null ? "" : header.replace(" ", "");
    return text.matches("\\d{1,18}(,\\d{1,18})*") ? text.split(",", -1) : new String[0];
  }

  /// When the next call is allowed; empty if it is allowed now.
  public Optional<Instant> spentUntil(Instant now) {
    return spentUntil(now, 0);
  }

  /// When a call is allowed that leaves a reserve in the longest windows; empty if it is allowed
  /// now.
  ///
  /// @param reserve in calls; never more than a fifth of a window is reserved
  public Optional<Instant> spentUntil(Instant now, long reserve) {
    return spent(now, reserve).map(Window::end).max(naturalOrder());
  }

  /// The length of the longest window that does not allow a call now; empty if a call is allowed.
  ///
  /// @param reserve as in [#spentUntil(Instant, long)]
  public Optional<Duration> longestSpent(Instant now, long reserve) {
    return spent(now, reserve).map(Window::length).max(naturalOrder());
  }

  private Stream<Window> spent(Instant now, long reserve) {
    Duration longest = longest();
    return windows().stream()
        .filter(window -> {
          boolean hasReserve = window.length().equals(longest) && reserve > 0;
          long reserved =
              hasReserve ? Math.min(reserve, (long) (window.most() * MAX_RESERVED_SHARE)) : 0;
          return window.left(now) <= reserved;
        });
  }

  /// When to retry a refused call (429): after the window that is spent, or the shortest one if
  /// none seems to be.
  Instant resumeAfterRefusal(Instant now) {
    Duration shortest =
        limits.stream()
            .flatMap(limit -> limit.windows().stream())
            .min(naturalOrder())
            .orElse(UNKNOWN_WINDOW);
    return spentUntil(now).orElseGet(() -> endOf(shortest, now));
  }

  /// The earliest time by which this many calls can be made, by a run that resumes at each new
  /// window; empty if nothing is known of the budget.
  ///
  /// @param kept calls of each of the longest windows that are used for other things; at most half
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

  /// A window as the source reported it.
  ///
  /// @param limit the name of the limit in api.yaml
  /// @param most how many calls it allows
  /// @param used how many calls were made in it
  /// @param reportedAt the source's time
  public record Window(String limit, Duration length, long most, long used, Instant reportedAt) {

    public Window {
      Objects.requireNonNull(limit, "limit");
      Objects.requireNonNull(length, "length");
      Objects.requireNonNull(reportedAt, "reportedAt");
    }

    /// When it ended or will end.
    @JsonIgnore
    public Instant end() {
      return endOf(length, reportedAt);
    }

    /// When the window that contains a moment ends: this one, or a later one.
    public Instant endAfter(Instant now) {
      return now.isBefore(end()) ? end() : endOf(length, now);
    }

    /// How many calls are left.
    public long left(Instant now) {
      return now.isBefore(end()) ? Math.max(0, most - used) : most;
    }

    private Window plusCall(Instant now) {
      return new Window(limit, length, most, now.isBefore(end()) ? used + 1 : 1, now);
    }

    /// When this many more calls fit into this window and those after it.
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
