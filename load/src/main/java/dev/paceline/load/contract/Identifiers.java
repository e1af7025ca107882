package dev.paceline.load.contract;

import java.util.regex.Pattern;

/// What may be the name of a table or a column: SQL is built from such names and from nothing else
/// that a file says. Names that begin with `_` are ours.
final class Identifiers {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private Identifiers() {}

  static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no name of a %s: lower-case letters, digits and _ only, a letter first"
              .formatted(name, what));
    }
    return name;
  }
}
