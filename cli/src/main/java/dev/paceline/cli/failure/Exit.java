package dev.paceline.cli.failure;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How a command ends, with the exit codes of BSD's `sysexits`.
public enum Exit {
  DONE(0),
  USAGE(64),
  /// The data cannot be used, or a check halted the load.
  UNUSABLE(65),
  /// The source, the lake or the warehouse cannot be reached.
  UNAVAILABLE(69),
  /// A bug in Paceline.
  BUG(70),
  /// Busy, or the budget is spent: running the same command later gets further.
  TRY_AGAIN(75),
  /// Credentials were refused.
  REFUSED(77),
  CONFIGURATION(78);

  private static final List<Exit> MOST_SEVERE_FIRST =
      List.of(BUG, USAGE, CONFIGURATION, REFUSED, UNUSABLE, UNAVAILABLE, TRY_AGAIN, DONE);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The name used in reports: `done`, `try_again`, …
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The exit of a run with several outcomes: the most severe of them, or [#DONE] if there are
  /// none.
  public static Exit mostSevere(Collection<Exit> outcomes) {
    return MOST_SEVERE_FIRST.stream().filter(outcomes::contains).findFirst().orElse(DONE);
  }
}
