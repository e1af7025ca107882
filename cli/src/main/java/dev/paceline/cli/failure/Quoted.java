package dev.paceline.cli.failure;

import java.util.regex.Pattern;

/// Quotes in a message what somebody typed: a value that may be a secret in the wrong place is not
/// shown, and a long one is cut.
public final class Quoted {

  private static final int MAX_CHARACTERS = 100;

  /// A stretch as in keys and tokens: at least 20 letters and digits with both of them, or 32 of
  /// either. No word and no name of a file is like this.
  private static final Pattern SECRET =
      Pattern.compile(
          "(?=[A-Za-z+=_-]*[0-9])(?=[0-9+=_-]*[A-Za-z])[A-Za-z0-9+=_-]{20,}|[A-Za-z0-9]{32,}");

  private static final Pattern PATH = Pattern.compile("\\.{0,2}/|[a-z0-9]+:/");

  private Quoted() {}

  /// Whether a value has a stretch as in keys and tokens, and is neither a path nor an address.
  public static boolean mayBeSecret(String value) {
    return SECRET.matcher(value).find() && !PATH.matcher(value).lookingAt();
  }

  /// The value in quotes, or words in parentheses that stand for it.
  public static String of(String value) {
    if (mayBeSecret(value)) {
      return "(not shown, as it may be a secret)";
    }
    String line = value.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "\uFFFD");
    if (line.length() <= MAX_CHARACTERS) {
      return "\"%s\"".formatted(line);
    }
    int end = MAX_CHARACTERS - 1;
    return "\"%s…\""
        .formatted(
            line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end));
  }
}
