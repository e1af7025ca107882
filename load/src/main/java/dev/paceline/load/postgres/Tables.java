package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.postgres.TableDefinition.ColumnDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Creates tables in the warehouse, or compares existing ones with their definition.
final class Tables {

  private static final String NOT_NULL = " not null";

  private final Handle handle;

  Tables(Handle handle) {
    this.handle = handle;
  }

  boolean exists(TableDefinition table) {
    return handle
        .createQuery("select to_regclass(:name) is not null")
        .bind("name", table.name())
        .mapTo(boolean.class)
        .one();
  }

  /// Creates the table with its key and comments, or refuses an existing one that differs.
  void ensure(TableDefinition table) {
    if (exists(table)) {
      compare(table);
      return;
    }
    createSchema(table);
    handle.execute("create table %s (%s)".formatted(table.name(), columnsSql(table)));
    comment("table " + table.name(), table.description());
    for (ColumnDefinition column : table.columns()) {
      comment(
          "column %s.%s".formatted(table.name(), SqlFragments.quoted(column.name())),
          column.description());
    }
  }

  /// Creates an empty table without write-ahead log: faster to fill, and empty after a crash.
  void replaceUnlogged(TableDefinition table) {
    createSchema(table);
    handle.execute("drop table if exists " + table.name());
    handle.execute("create unlogged table %s (%s)".formatted(table.name(), columnsSql(table)));
  }

  private void createSchema(TableDefinition table) {
    boolean exists =
        handle
            .createQuery("select to_regnamespace(:schema) is not null")
            .bind("schema", SqlFragments.quoted(table.schema()))
            .mapTo(boolean.class)
            .one();
    if (!exists) { // only creating one requires the privilege
      handle.execute("create schema " + SqlFragments.quoted(table.schema()));
    }
  }

  private void comment(String of, String text) {
    handle.execute("comment on %s is %s".formatted(of, SqlFragments.literal(text)));
  }

  private static String columnsSql(TableDefinition table) {
    String columns =
        table.columns().stream().map(Tables::columnSql).collect(Collectors.joining(", "));
    return table.key().isEmpty()
        ? columns
        : "%s, primary key (%s)".formatted(columns, SqlFragments.list(table.key()));
  }

  private static String columnSql(ColumnDefinition column) {
    return "%s %s%s"
        .formatted(
            SqlFragments.quoted(column.name()), column.type(), column.required() ? NOT_NULL : "");
  }

  /// Empties the table if it exists.
  void truncate(TableDefinition table) {
    if (exists(table)) {
      handle.execute("truncate " + table.name());
    }
  }

  long count(TableDefinition table) {
    return handle.select("select count(*) from " + table.name()).mapTo(long.class).one();
  }

  /// Whether the table exists and has the definition's columns.
  boolean matches(TableDefinition table) {
    return exists(table) && columns(table).equals(expected(table));
  }

  private static Map<String, String> expected(TableDefinition table) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (ColumnDefinition column : table.columns()) {
      expected.put(column.name(), column.type() + (column.required() ? NOT_NULL : ""));
    }
    return expected;
  }

  private Map<String, String> columns(TableDefinition table) {
    return handle
        .createQuery(
            """
            select
                attname,
                format_type(atttypid, atttypmod)
                || case when attnotnull then ' not null' else '' end as type
            from pg_attribute
            where attrelid = to_regclass(:name) and attnum > 0 and not attisdropped
            order by attnum
            """)
        .bind("name", table.name())
        .collectRows(
            Collectors.toMap(
                row -> row.getColumn("attname", String.class),
                row -> row.getColumn("type", String.class),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /// Refuses a table that differs from its contract.
  void compare(TableDefinition table) {
    Map<String, String> actual = columns(table);
    Map<String, String> expected = expected(table);
    expected.forEach((name, type) -> compareColumn(table, name, type, actual.get(name)));
    for (String name : actual.keySet()) {
      if (!expected.containsKey(name)) {
        throw differs(
            table,
            "has the column \"%s\", which is not in its contract".formatted(name),
            "drop column " + name);
      }
    }
    compareKey(table);
  }

  private static void compareColumn(
      TableDefinition table, String name, String type, @Nullable String found) {
    if (found == null) {
      throw differs(
          table, "has no column \"%s\"".formatted(name), "add column %s %s".formatted(name, type));
    }
    if (!found.equals(type)) {
      String bareType = type.replace(NOT_NULL, "");
      String change =
          found.replace(NOT_NULL, "").equals(bareType)
              ? (type.equals(bareType) ? "drop not null" : "set not null")
              : "type " + bareType;
      throw differs(
          table,
          "has the column \"%s\" as %s, its contract has it as %s".formatted(name, found, type),
          "alter column %s %s".formatted(name, change));
    }
  }

  private void compareKey(TableDefinition table) {
    List<String> key =
        handle
            .createQuery(
                """
                select pg_attribute.attname
                from pg_index
                inner join unnest(pg_index.indkey) with ordinality as part (attnum, place) on true
                inner join
                    pg_attribute
                    on pg_attribute.attrelid = pg_index.indrelid and pg_attribute.attnum = part.attnum
                where pg_index.indrelid = to_regclass(:name) and pg_index.indisprimary
                order by part.place
                """)
            .bind("name", table.name())
            .mapTo(String.class)
            .list();
    if (!key.equals(table.key())) {
      throw differs(
          table,
          "has the primary key %s, its contract has %s".formatted(key, table.key()),
          "add primary key (%s)".formatted(String.join(", ", table.key())));
    }
  }

  private static Failure differs(TableDefinition table, String what, String change) {
    return new Failure(
        Exit.CONFIGURATION,
        "Comparing %s with its contract".formatted(table.plainName()),
        "the table " + what,
        "run \"alter table %s %s\"; or, to fill it again, drop the table, run \"delete from ops.published where source = '%s'\" and load again"
            .formatted(table.plainName(), change, table.schema()));
  }
}
