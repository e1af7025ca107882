package dev.paceline.load.warmup;

import java.util.List;
import java.util.stream.Stream;

/// The answer to a query: one row, its values as text; or only the names of its columns.
record Row(List<Column> columns, boolean exists) {

  static final int TEXT = 25;
  static final int TIMESTAMPTZ = 1184;

  /// @param type the type's oid
  record Column(String name, int type, String value) {}

  static Row of(Column... columns) {
    return new Row(List.of(columns), true);
  }

  static Row of(String name, String value) {
    return of(new Column(name, TEXT, value));
  }

  static Row none(String... names) {
    return new Row(Stream.of(names).map(name -> new Column(name, TEXT, "")).toList(), false);
  }
}
