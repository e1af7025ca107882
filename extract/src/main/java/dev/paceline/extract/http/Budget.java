package dev.paceline.extract.http;

import dev.paceline.extract.api.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many calls the source still allows, as its last answer told it.
public final class Budget {

  /// Of a source that refuses calls without ever telling its limits.
  private static final Duration UNKNOWN_WINDOW = Duration.ofMinutes(15);

  private final List<RateLimit> limits;
  private final Map<String, List<Window>> told = new TreeMap<>();

  public Budget(List<RateLimit> limits) {
    this.limits = limits;
  }

  /// Reads an answer's headers; of a limit that it does not tell, the last word holds.
  void observe(Map<String, String> headers, Instant now) {
    for (RateLimit limit : limits) {
      String[] most = numbers(headers.get(limit.limitHeader()));
      String[] used = numbers(headers.get(limit.usageHeader()));
      int count = Math.min(limit.windows().size(), Math.min(most.length, used.length));
      List<Window> windows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        windows.add(
            new Window(
                limit.windows().get(i), Long.parseLong(most[i]), Long.parseLong(used[i]), now));
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
  Optional<Instant> spentUntil(Instant now) {
    return windows()
        .filter(window -> window.left(now) == 0)
        .map(Window::end)
        .max(Comparator.naturalOrder());
  }

  /// When a refused call (429) is worth another try: when the window that is spent has ended, or
  /// the shortest one where none seems to be.
  Instant resumeAfterRefusal(Instant now) {
    Duration shortest =
        limits.stream()
            .flatMap(limit -> limit.windows().stream())
            .min(Comparator.naturalOrder())
            .orElse(UNKNOWN_WINDOW);
    return spentUntil(now).orElseGet(() -> endOf(shortest, now));
  }

  /// What the source last told of each window; empty before its first answer.
  public List<Told> windows(Instant now) {
    return told.entrySet().stream()
        .flatMap(limit ->
            limit.getValue().stream()
                .map(window ->
                    new Told(
                        limit.getKey(),
                        window.length(),
                        window.most(),
                        window.most() - window.left(now),
                        window.end())))
        .toList();
  }

  /// One window, for people.
  ///
  /// @param limit its name in `api.yaml`
  public record Told(String limit, Duration length, long most, long used, Instant resetsAt) {}

  private Stream<Window> windows() {
    return told.values().stream().flatMap(List::stream);
  }

  private static Instant endOf(Duration length, Instant moment) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond((moment.getEpochSecond() / seconds + 1) * seconds);
  }

  /// One window as it was told.
  ///
  /// @param told when
  private record Window(Duration length, long most, long used, Instant told) {

    Instant end() {
      return endOf(length, told);
    }

    long left(Instant now) {
      return now.isBefore(end()) ? Math.max(0, most - used) : most;
    }
  }
}
