package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A budget that every response reports in two headers: one number per window, separated by commas.
///
/// @param windows the lengths of the windows, in the order of the numbers in the headers. A window
///   begins at a multiple of its length since 1970 UTC
/// @param published how many calls a new application is allowed, one number per window, as the
///   source's documentation says; absent if it does not. Only forecasts use it
public record RateLimit(
    String name,
    String limitHeader,
    String usageHeader,
    List<Duration> windows,
    @Nullable List<Long> published) {

  public RateLimit {
    require(name, "name");
    require(limitHeader, "limit_header");
    require(usageHeader, "usage_header");
    windows = List.copyOf(require(windows, "windows"));
    if (windows.stream().anyMatch(window -> window.toSeconds() < 1)) {
      throw new IllegalArgumentException("a window of %s is shorter than a second".formatted(name));
    }
    published = published == null ? null : List.copyOf(published);
  }

  /// What a new application is allowed, per window; empty if the source does not say.
  public Optional<List<Long>> publishedLimits() {
    return Optional.ofNullable(published);
  }
}
