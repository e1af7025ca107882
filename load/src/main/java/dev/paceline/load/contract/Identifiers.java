package dev.paceline.load.contract;

import java.util.regex.Pattern;

/// Validates the names of tables, columns and checks. SQL is built from such names and from nothing
/// else that a file contains. Names that begin with `_` are reserved.
final class Identifiers {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private Identifiers() {}

  static void requireValid(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid %s name: lower-case letters, digits and _ only, a letter first"
              .formatted(name, what));
    }
  }
}
