package dev.paceline.load.postgres;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.StageColumns;
import java.util.ArrayList;
import java.util.List;

/// What a table of ours looks like in the warehouse: derived from its contract, never written by
/// hand.
///
/// @param schema whose table it is: the source's, or its stage
/// @param key the primary key; empty for a stage table
record TableDefinition(
    String schema,
    String table,
    String description,
    List<ColumnDefinition> columns,
    List<String> key) {

  static final String VALID_FROM = "_valid_from";
  static final String LOADED_AT = "_loaded_at";
  static final String DELETED_AT = "_deleted_at";

  /// A column in the words of the catalog.
  record ColumnDefinition(String name, String type, boolean required, String description) {}

  static TableDefinition production(String source, TableContract contract) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.add(
          new ColumnDefinition(
              column.name(),
              catalogName(column.type().sql()),
              contract.isRequired(column),
              column.description()));
    }
    List<String> key = new ArrayList<>();
    key.add(StageColumns.ACCOUNT);
    key.addAll(contract.key());
    if (contract.mode() == Mode.HISTORY) {
      key.add(VALID_FROM);
      columns.add(moment(VALID_FROM, true, "Since when the source is known to say this."));
    }
    columns.add(new ColumnDefinition(StageColumns.ACCOUNT, "text", true, "Whose data it is."));
    columns.add(
        moment(StageColumns.EXTRACTED_AT, true, "When the source said so, by the source's clock."));
    columns.add(moment(LOADED_AT, true, "When the row was last written here."));
    columns.add(
        moment(DELETED_AT, false, "When it was found gone at the source. Null while it is there."));
    columns.add(
        new ColumnDefinition(
            StageColumns.SEQ,
            "bigint",
            true,
            "Its place in the account's log: commit times 10,000,000 and the line's position."));
    columns.add(
        new ColumnDefinition(
            StageColumns.REST, "jsonb", false, "Members of the record that no column takes."));
    return new TableDefinition(source, contract.table(), contract.description(), columns, key);
  }

  static TableDefinition stage(String source, TableContract contract) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.add(new ColumnDefinition(column.name(), catalogName(column.type().sql()), false, ""));
    }
    columns.add(new ColumnDefinition(StageColumns.ACCOUNT, "text", false, ""));
    columns.add(new ColumnDefinition(StageColumns.OP, "text", false, ""));
    columns.add(moment(StageColumns.EXTRACTED_AT, false, ""));
    columns.add(new ColumnDefinition(StageColumns.SEQ, "bigint", false, ""));
    columns.add(new ColumnDefinition(StageColumns.REST, "jsonb", false, ""));
    return new TableDefinition(source + "_stage", contract.table(), "", columns, List.of());
  }

  private static ColumnDefinition moment(String name, boolean required, String description) {
    return new ColumnDefinition(name, catalogName("timestamptz"), required, description);
  }

  /// As `format_type` writes it, so that it can be compared with what is there.
  private static String catalogName(String type) {
    return type.startsWith("timestamptz")
        ? type.replace("timestamptz", "timestamp with time zone")
        : type.replaceFirst("^timestamp\\b", "timestamp without time zone");
  }

  /// The table's full name, quoted.
  String name() {
    return SqlFragments.quoted(schema) + "." + SqlFragments.quoted(table);
  }

  /// The table's full name, for messages.
  String plainName() {
    return schema + "." + table;
  }

  List<String> columnNames() {
    return columns.stream().map(ColumnDefinition::name).toList();
  }
}
