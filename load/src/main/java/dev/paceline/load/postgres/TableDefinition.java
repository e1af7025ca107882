package dev.paceline.load.postgres;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.StageColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The definition of a table in the warehouse, derived from its contract.
///
/// @param schema the source's schema, or that of its stage
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

  /// A column, with its type as the catalog names it.
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
    List<String> key = new ArrayList<>(key(contract));
    if (contract.mode() == Mode.HISTORY) {
      key.add(VALID_FROM);
      columns.add(
          timestamptz(VALID_FROM, true, "From when the source is known to report this version."));
    }
    columns.add(new ColumnDefinition(StageColumns.ACCOUNT, "text", true, "Whose data it is."));
    columns.add(
        timestamptz(
            StageColumns.EXTRACTED_AT, true, "When the source reported this, by its own clock."));
    columns.add(timestamptz(LOADED_AT, true, "When the row was last written here."));
    columns.add(
        timestamptz(
            DELETED_AT,
            false,
            "When it was found deleted at the source. Null while it exists there."));
    columns.add(
        new ColumnDefinition(
            StageColumns.SEQ,
            "bigint",
            true,
            "Position in the account's log: commit times 10,000,000 plus the line in the commit."));
    columns.add(
        new ColumnDefinition(
            StageColumns.REST,
            "jsonb",
            false,
            "Members of the record without a column of their own."));
    return new TableDefinition(source, contract.table(), contract.description(), columns, key);
  }

  /// The key of a record: its account and the key of its contract.
  static List<String> key(TableContract contract) {
    return Stream.concat(Stream.of(StageColumns.ACCOUNT), contract.key().stream()).toList();
  }

  /// The columns that decide whether two records with the same key are equal.
  static List<String> compared(TableContract contract) {
    return Stream.concat(contract.values().stream().map(Column::name), Stream.of(StageColumns.REST))
        .toList();
  }

  /// A stage table of a load. Its name has at most 60 bytes: 40 of the table, 19 of the number.
  static TableDefinition stage(String source, TableContract contract, long loadId) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.add(new ColumnDefinition(column.name(), catalogName(column.type().sql()), false, ""));
    }
    columns.add(new ColumnDefinition(StageColumns.ACCOUNT, "text", false, ""));
    columns.add(new ColumnDefinition(StageColumns.OP, "text", false, ""));
    columns.add(timestamptz(StageColumns.EXTRACTED_AT, false, ""));
    columns.add(new ColumnDefinition(StageColumns.SEQ, "bigint", false, ""));
    if (contract.rows() != null) {
      columns.add(new ColumnDefinition(StageColumns.ORDINAL, "bigint", false, ""));
    }
    columns.add(new ColumnDefinition(StageColumns.REST, "jsonb", false, ""));
    return new TableDefinition(
        stageSchema(source),
        "%s_%d".formatted(contract.table(), loadId),
        "Staged by Paceline, load %d.".formatted(loadId),
        columns,
        List.of());
  }

  static String stageSchema(String source) {
    return source + "_stage";
  }

  private static ColumnDefinition timestamptz(String name, boolean required, String description) {
    return new ColumnDefinition(name, catalogName("timestamptz"), required, description);
  }

  /// As `format_type` writes it, for the comparison with the existing table.
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
