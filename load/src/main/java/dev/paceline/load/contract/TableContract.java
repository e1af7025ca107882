package dev.paceline.load.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table: the stream that fills it, its columns, and how it is written.
///
/// @param rows the path of a list in the record, each element of which is a row; null if the record
///   is the row. The paths of columns then begin at the element
/// @param key the columns that identify a record within its account: the values of the envelope's
///   key, in its order
/// @param ignore known paths that stay in the lake: neither columns nor drift
public record TableContract(
    String table,
    String stream,
    @Nullable String rows,
    Mode mode,
    List<String> key,
    String description,
    List<Column> columns,
    List<String> ignore) {

  public TableContract {
    Identifiers.requireTable(String.valueOf(table));
    key = requireNonEmpty("key", key);
    columns = requireNonEmpty("columns", columns);
    ignore = Optional.<List<String>>ofNullable(ignore).map(List::copyOf).orElse(List.of());
    requirePresent("stream", stream);
    requirePresent("mode", mode);
    requirePresent("description", description);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      refuse(!names.add(column.name()), "the column \"%s\" is defined twice", column.name());
    }
    for (String part : key) {
      refuse(!names.contains(part), "the key \"%s\" is not one of the columns", part);
    }
    for (Column column : columns) {
      refuse(
          !column.isInRecord() && !key.contains(column.name()),
          "the column \"%s\" has no value: it is neither in the record nor part of the key",
          column.name());
      refuse(
          rows != null && column.isInRecord() && key.contains(column.name()),
          "the key \"%s\" is the record's and not in an element of the list: in_record must be false",
          column.name());
    }
    refuseOverlaps(paths(columns, ignore));
  }

  private static <T> List<T> requireNonEmpty(String member, @Nullable List<T> list) {
    refuse(list == null || list.isEmpty(), "\"%s\" is missing or empty", member);
    return List.copyOf(list);
  }

  private static void requirePresent(String member, @Nullable Object value) {
    refuse(value == null, "\"%s\" is missing", member);
  }

  private static List<String> paths(List<Column> columns, List<String> ignore) {
    List<String> paths = new ArrayList<>(ignore);
    columns.stream()
        .filter(Column::isInRecord)
        .forEach(column -> paths.add(String.join(".", column.members())));
    return paths;
  }

  private static void refuseOverlaps(List<String> paths) {
    for (String path : paths) {
      refuse(path.matches("(.*\\.)?(\\..*)?"), "\"%s\" is not a path", path);
      for (String other : paths) {
        boolean within = other.startsWith(path + ".");
        refuse(within, "a path leads inside another path's value: %s", other);
      }
    }
    refuse(new HashSet<>(paths).size() < paths.size(), "a path is used twice: %s", paths);
  }

  private static void refuse(boolean wrong, String sentence, Object value) {
    if (wrong) {
      throw new IllegalArgumentException(sentence.formatted(value));
    }
  }

  public boolean isKey(Column column) {
    return key.contains(column.name());
  }

  /// Whether a row must have a value for it.
  public boolean isRequired(Column column) {
    return column.isRequired() || isKey(column);
  }

  /// The types of the key's columns, in the order of the key.
  public List<ColumnType> keyTypes() {
    return key.stream().map(name -> columns.get(columnNames().indexOf(name)).type()).toList();
  }

  /// The columns outside the key.
  public List<Column> values() {
    return columns.stream().filter(column -> !isKey(column)).toList();
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
