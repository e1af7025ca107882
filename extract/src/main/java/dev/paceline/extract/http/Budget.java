package dev.paceline.extract.http;

import dev.paceline.extract.api.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How many calls the source still allows, as its last answer told it.
public final class Budget {

  private final List<RateLimit> limits;
  private List<Window> windows = List.of();

  public Budget(List<RateLimit> limits) {
    this.limits = limits;
  }

  /// Reads an answer's headers; an answer without them tells nothing new.
  void observe(Map<String, String> headers, Instant now) {
    List<Window> told = new ArrayList<>();
    for (RateLimit limit : limits) {
      String[] most = numbers(headers.get(limit.limitHeader()));
      String[] used = numbers(headers.get(limit.usageHeader()));
      int count = Math.min(limit.windows().size(), Math.min(most.length, used.length));
      for (int i = 0; i < count; i++) {
        told.add(
            new Window(
                limit.windows().get(i), Long.parseLong(most[i]), Long.parseLong(used[i]), now));
      }
    }
    if (!told.isEmpty()) {
      windows = told;
    }
  }

  private static String[] numbers(@Nullable String header) {
    String text = header == null ? "" : header.replace(" ", "");
    return text.matches("\\d{1,18}(,\\d{1,18})*") ? text.split(",", -1) : new String[0];
  }

  /// When the next call is allowed; empty where it is now.
  public Optional<Instant> spentUntil(Instant now) {
    return windows.stream()
        .filter(window -> window.left(now) == 0)
        .map(Window::end)
        .max(Comparator.naturalOrder());
  }

  /// How many calls are allowed before some window ends; empty where nothing was told yet.
  public OptionalLong left(Instant now) {
    return windows.stream().mapToLong(window -> window.left(now)).min();
  }

  /// One window as it was told.
  ///
  /// @param told when
  private record Window(Duration length, long most, long used, Instant told) {

    Instant end() {
      long seconds = length.toSeconds();
      return Instant.ofEpochSecond((told.getEpochSecond() / seconds + 1) * seconds);
    }

    long left(Instant now) {
      return now.isBefore(end()) ? Math.max(0, most - used) : most;
    }
  }
}
