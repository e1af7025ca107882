package dev.paceline.load.contract;

import java.util.Set;
import java.util.regex.Pattern;

/// Validates the names of tables, columns and checks. SQL is built from such names and from nothing
/// else that a file contains. Names that begin with `_` are reserved.
final class Identifiers {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /// In bytes: longer names are cut by Postgres.
  private static final int MAX_LENGTH = 63;

  /// For what load appends to the name of a table, e.g. `_published`.
  private static final int MAX_TABLE_LENGTH = 40;

  /// The columns that every table of Postgres has.
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

  private Identifiers() {}

  static void requireTable(String name) {
    requireValid("table", name, MAX_TABLE_LENGTH);
  }

  static void requireColumn(String name) {
    requireValid("column", name, MAX_LENGTH);
    if (SYSTEM_COLUMNS.contains(name)) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid column name: every table of Postgres has a column of that name"
              .formatted(name));
    }
  }

  static void requireCheck(String name) {
    requireValid("check", name, MAX_LENGTH);
  }

  private static void requireValid(String what, String name, int maxLength) {
    if (!NAME.matcher(name).matches() || name.length() > maxLength) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid %s name: at most %d lower-case letters, digits and _, a letter first"
              .formatted(name, what, maxLength));
    }
  }
}
