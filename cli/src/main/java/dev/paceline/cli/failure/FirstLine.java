package dev.paceline.cli.failure;

import org.jspecify.annotations.Nullable;

/// A library's message cut to what fits into a sentence of ours: its first line, without the full
/// stop.
public final class FirstLine {

  private static final String NONE = "no reason given";

  private FirstLine() {}

  public static String of(Throwable thrown) {
    return of(thrown.getMessage());
  }

  public static String of(@Nullable String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return line.isEmpty() ? NONE : line.replaceFirst("\\.$", "");
  }
}
