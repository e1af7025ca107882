package dev.paceline.load.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table: which stream fills it, what its columns are, and how it is written.
///
/// @param key the columns that name a record, always together with the account
/// @param ignore paths that are known and left in the lake: neither a column nor drift
public record TableContract(
    String table,
    String stream,
    Mode mode,
    List<String> key,
    String description,
    List<Column> columns,
    List<String> ignore) {

  public TableContract {
    Identifiers.checked("table", String.valueOf(table));
    key = given("key", key);
    columns = given("columns", columns);
    ignore = Optional.<List<String>>ofNullable(ignore).map(List::copyOf).orElse(List.of());
    required("stream", stream);
    required("mode", mode);
    required("description", description);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      refuse(!names.add(column.name()), "the column \"%s\" stands twice", column.name());
    }
    for (String part : key) {
      refuse(!names.contains(part), "the key \"%s\" is none of the columns", part);
    }
    refuseOverlaps(columns, ignore);
  }

  private static <T> List<T> given(String member, @Nullable List<T> list) {
    refuse(list == null || list.isEmpty(), "\"%s\" is missing or empty", member);
    return List.copyOf(list);
  }

  private static void required(String member, @Nullable Object value) {
    refuse(value == null, "\"%s\" is missing", member);
  }

  private static void refuseOverlaps(List<Column> columns, List<String> ignore) {
    List<String> paths = new ArrayList<>(ignore);
    columns.forEach(column -> paths.add(String.join(".", column.members())));
    paths.sort(null);
    for (String path : paths) {
      refuse(path.matches("(.*\\.)?(\\..*)?"), "\"%s\" is no path", path);
      for (String other : paths) {
        boolean within = other.startsWith(path + ".");
        refuse(within, "a path leads through another's value: %s", other);
      }
    }
    refuse(new HashSet<>(paths).size() < paths.size(), "a path is taken twice: %s", paths);
  }

  private static void refuse(boolean wrong, String sentence, Object value) {
    if (wrong) {
      throw new IllegalArgumentException(sentence.formatted(value));
    }
  }

  public boolean isKey(Column column) {
    return key.contains(column.name());
  }

  /// Whether a row cannot be without it.
  public boolean isRequired(Column column) {
    return column.isRequired() || isKey(column);
  }

  /// The columns that are not the key.
  public List<Column> values() {
    return columns.stream().filter(column -> !isKey(column)).toList();
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
