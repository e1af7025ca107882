package dev.paceline.load.rows;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.TableContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a record that its contract mentions, by name and level: built once, looked up for
/// every member of every line.
final class FieldTree {

  private static final int NO_COLUMN = -1;

  private final Map<String, FieldTree> members = new HashMap<>();
  private int column = NO_COLUMN;
  private boolean ignored;

  private FieldTree() {}

  static FieldTree of(TableContract contract) {
    FieldTree root = new FieldTree();
    List<Column> columns = contract.columns();
    for (int i = 0; i < columns.size(); i++) {
      root.node(columns.get(i).members()).column = i;
    }
    for (String path : contract.ignore()) {
      root.node(List.of(path.split("\\."))).ignored = true;
    }
    return root;
  }

  private FieldTree node(List<String> path) {
    FieldTree node = this;
    for (String name : path) {
      node = node.members.computeIfAbsent(name, missing -> new FieldTree());
    }
    return node;
  }

  /// The node of a member; null if the contract does not mention it.
  @Nullable FieldTree find(String name) {
    return members.get(name);
  }

  boolean isColumn() {
    return column != NO_COLUMN;
  }

  /// The index of the column that holds this value.
  int column() {
    return column;
  }

  boolean isIgnored() {
    return ignored;
  }
}
