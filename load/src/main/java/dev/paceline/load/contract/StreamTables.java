package dev.paceline.load.contract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tables that one stream fills. A line of it is read once for all of them, so they must agree
/// on what a member of the record is.
///
/// @param tables at least one
public record StreamTables(String stream, List<TableContract> tables) {

  public StreamTables {
    tables = List.copyOf(tables);
    refuseOtherKeys(stream, tables);
    refuseContradictions(stream, tables);
  }

  /// All of them have the values of the envelope's key.
  private static void refuseOtherKeys(String stream, List<TableContract> tables) {
    List<ColumnType> types = tables.getFirst().keyTypes();
    for (TableContract table : tables) {
      if (!table.keyTypes().equals(types)) {
        throw new IllegalArgumentException(
            "the tables \"%s\" and \"%s\" of the stream \"%s\" differ in the types of their keys"
                .formatted(tables.getFirst().table(), table.table(), stream));
      }
    }
  }

  /// A member is a value of one type, or a list of rows of one table, or contains other members.
  private static void refuseContradictions(String stream, List<TableContract> tables) {
    Map<String, Object> uses = new HashMap<>();
    Set<String> enclosing = new HashSet<>();
    for (TableContract table : tables) {
      for (Map.Entry<String, Object> use : usesOfRecord(table).entrySet()) {
        String path = use.getKey();
        Object before = uses.putIfAbsent(path, use.getValue());
        if (before != null && !before.equals(use.getValue())) {
          throw contradiction(stream, path);
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
          enclosing.add(path.substring(0, dot));
        }
      }
    }
    for (String path : uses.keySet()) {
      if (enclosing.contains(path)) {
        throw contradiction(stream, path);
      }
    }
  }

  /// By path in the record: the type of the column, or the table of a list.
  private static Map<String, Object> usesOfRecord(TableContract table) {
    Map<String, Object> uses = new HashMap<>();
    if (table.rows() != null) {
      uses.put(table.rows(), table.table());
    } else {
      table.columns().stream()
          .filter(Column::isInRecord)
          .forEach(column -> uses.put(String.join(".", column.members()), column.type()));
    }
    return uses;
  }

  private static IllegalArgumentException contradiction(String stream, String path) {
    return new IllegalArgumentException(
        "the tables of the stream \"%s\" use \"%s\" in different ways".formatted(stream, path));
  }
}
