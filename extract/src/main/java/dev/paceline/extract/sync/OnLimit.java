package dev.paceline.extract.sync;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a run does when a window of the call budget is spent. It commits in any case.
public enum OnLimit {

  /// It ends, and reports when to resume.
  STOP,

  /// It waits for the next window if the spent one is short, such as Strava's quarter-hour. It ends
  /// if a longer one is spent, such as Strava's day: nobody pays for a container that sleeps until
  /// tomorrow.
  WINDOW,

  /// It waits for the next window, however long that takes.
  WAIT;

  /// The longest window that [#WINDOW] waits out.
  private static final Duration SHORT = Duration.ofHours(1);

  /// The one with this name in lower case, as settings have it.
  public static Optional<OnLimit> named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /// Whether a run waits until windows have ended.
  ///
  /// @param longest the length of the longest one that is spent
  public boolean waitsOut(Duration longest) {
    return switch (this) {
      case STOP -> false;
      case WINDOW -> longest.compareTo(SHORT) <= 0;
      case WAIT -> true;
    };
  }
}
