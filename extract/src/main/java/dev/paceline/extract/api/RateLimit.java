package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import java.time.Duration;
import java.util.List;

/// A budget that every response reports in two headers: one number per window, separated by commas.
///
/// @param windows the lengths of the windows, in the order of the numbers in the headers. A window
///   begins at a multiple of its length since 1970 UTC
public record RateLimit(
    String name, String limitHeader, String usageHeader, List<Duration> windows) {

  public RateLimit {
    require(name, "name");
    require(limitHeader, "limit_header");
    require(usageHeader, "usage_header");
    windows = List.copyOf(require(windows, "windows"));
    if (windows.stream().anyMatch(window -> window.toSeconds() < 1)) {
      throw new IllegalArgumentException("a window of %s is shorter than a second".formatted(name));
    }
  }
}
