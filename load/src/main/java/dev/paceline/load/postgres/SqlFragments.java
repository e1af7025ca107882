package dev.paceline.load.postgres;

import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Pieces of SQL: quoted names, column lists, comparisons, assignments, literals. Names come from
/// contracts, which allow only plain ones; they are quoted because some are SQL keywords.
final class SqlFragments {

  private SqlFragments() {}

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// Columns, separated by commas.
  static String list(Collection<String> columns) {
    return columns.stream().map(SqlFragments::quoted).collect(Collectors.joining(", "));
  }

  /// Columns of a row called `alias`, separated by commas.
  static String list(String alias, Collection<String> columns) {
    return columns.stream().map(qualified(alias)).collect(Collectors.joining(", "));
  }

  /// `a.x = b.x and a.y = b.y`.
  static String equal(String left, String right, Collection<String> columns) {
    return columns.stream()
        .map(name -> qualified(left).apply(name) + " = " + qualified(right).apply(name))
        .collect(Collectors.joining(" and "));
  }

  /// `x = b.x, y = b.y`, for an update.
  static String assignments(String alias, Collection<String> columns) {
    return columns.stream()
        .map(name -> quoted(name) + " = " + qualified(alias).apply(name))
        .collect(Collectors.joining(", "));
  }

  private static UnaryOperator<String> qualified(String alias) {
    return name -> alias + "." + quoted(name);
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
