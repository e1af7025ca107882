package dev.paceline.load.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column and where its value stands in a record.
///
/// @param path the members from the record inwards, separated by dots; the column's own name where
///   the file gives none
/// @param required whether a record without it does not fit; not, where the file says nothing
/// @param description what a reader of the table should know, units included
public record Column(
    String name,
    ColumnType type,
    @Nullable String path,
    @Nullable Boolean required,
    String description) {

  public Column {
    Identifiers.checked("column", String.valueOf(name));
    needed(name, "type", type);
    needed(name, "description", description);
  }

  private static void needed(String column, String member, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("the column \"%s\" has no %s".formatted(column, member));
    }
  }

  public boolean isRequired() {
    return Boolean.TRUE.equals(required);
  }

  /// The members from the record inwards.
  public List<String> members() {
    return List.of((path == null ? name : path).split("\\.", -1));
  }
}
