package dev.paceline.cli.failure;

import org.jspecify.annotations.Nullable;

/// The first line of a library's message without its full stop, to be quoted in one of our
/// sentences.
public final class FirstLine {

  private static final String NO_REASON = "no reason given";

  private FirstLine() {}

  public static String of(Throwable thrown) {
    return of(thrown.getMessage());
  }

  public static String of(@Nullable String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return line.isEmpty() ? NO_REASON : line.replaceFirst("\\.$", "");
  }
}
