package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonCreator;

/// A column's type: a [ScalarType], or an array of numbers, booleans or text.
///
/// @param array whether the column holds a list of `scalar`
public record ColumnType(ScalarType scalar, boolean array) {

  private static final String ARRAY = "[]";

  /// Reads a type as contracts write it, e.g. `double precision[]`.
  @JsonCreator
  public static ColumnType parse(String written) {
    boolean array = written.endsWith(ARRAY);
    String name = array ? written.substring(0, written.length() - ARRAY.length()) : written;
    return ScalarType.parse(name)
        .filter(scalar -> !array || scalar.canBeElement())
        .map(scalar -> new ColumnType(scalar, array))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"%s\" is not a column type; see docs/reference/contracts.md".formatted(written)));
  }

  public String sql() {
    return array ? scalar.sql() + ARRAY : scalar.sql();
  }
}
