package dev.paceline.load.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column and where its value is in a record.
///
/// @param path the members from the record inwards, separated by dots; the column's own name if the
///   file gives none
/// @param required whether a record without it is rejected; false if the file does not say
/// @param inRecord whether the record itself has the value, which is true if the file does not say.
///   A key may be known from the envelope alone
/// @param description what a reader of the table should know, including units
public record Column(
    String name,
    ColumnType type,
    @Nullable String path,
    @Nullable Boolean required,
    @JsonProperty("in_record") @Nullable Boolean inRecord,
    String description) {

  public Column {
    Identifiers.requireColumn(String.valueOf(name));
    requireMember(name, "type", type);
    requireMember(name, "description", description);
  }

  private static void requireMember(String column, String member, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("the column \"%s\" has no %s".formatted(column, member));
    }
  }

  public boolean isRequired() {
    return Boolean.TRUE.equals(required);
  }

  public boolean isInRecord() {
    return !Boolean.FALSE.equals(inRecord);
  }

  /// The members from the record inwards.
  public List<String> members() {
    return List.of((path == null ? name : path).split("\\.", -1));
  }
}
