package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.postgres.Layout.LayoutColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tables in the warehouse: made where there are none, compared with their layout where there are.
final class Tables {

  private static final String NOT_NULL = " not null";

  private final Handle handle;

  Tables(Handle handle) {
    this.handle = handle;
  }

  boolean exists(Layout layout) {
    return handle
        .createQuery("select to_regclass(:name) is not null")
        .bind("name", layout.name())
        .mapTo(boolean.class)
        .one();
  }

  /// Makes the table with its key and its comments, or refuses one that looks otherwise.
  void ensure(Layout layout) {
    if (exists(layout)) {
      compare(layout);
      return;
    }
    createSchema(layout);
    handle.execute("create table %s (%s)".formatted(layout.name(), definitions(layout)));
    comment("table " + layout.name(), layout.description());
    for (LayoutColumn column : layout.columns()) {
      comment(
          "column %s.%s".formatted(layout.name(), Sql.quoted(column.name())), column.description());
    }
  }

  /// Makes an empty table without a log of its own: faster to fill, and empty after a crash.
  void replaceUnlogged(Layout layout) {
    createSchema(layout);
    handle.execute("drop table if exists " + layout.name());
    handle.execute("create unlogged table %s (%s)".formatted(layout.name(), definitions(layout)));
  }

  private void createSchema(Layout layout) {
    boolean there =
        handle
            .createQuery("select to_regnamespace(:schema) is not null")
            .bind("schema", Sql.quoted(layout.schema()))
            .mapTo(boolean.class)
            .one();
    if (!there) { // the right to create a schema is needed only then
      handle.execute("create schema " + Sql.quoted(layout.schema()));
    }
  }

  private void comment(String of, String text) {
    handle.execute("comment on %s is %s".formatted(of, Sql.literal(text)));
  }

  private static String definitions(Layout layout) {
    String columns =
        layout.columns().stream().map(Tables::definition).collect(Collectors.joining(", "));
    return layout.key().isEmpty()
        ? columns
        : "%s, primary key (%s)".formatted(columns, Sql.list(layout.key()));
  }

  private static String definition(LayoutColumn column) {
    return "%s %s%s"
        .formatted(Sql.quoted(column.name()), column.type(), column.required() ? NOT_NULL : "");
  }

  /// Empties the table, where it is there.
  void truncate(Layout layout) {
    if (exists(layout)) {
      handle.execute("truncate " + layout.name());
    }
  }

  long count(Layout layout) {
    return handle.select("select count(*) from " + layout.name()).mapTo(long.class).one();
  }

  /// Whether the table is there with the layout's columns.
  boolean matches(Layout layout) {
    return exists(layout) && columns(layout).equals(expected(layout));
  }

  private static Map<String, String> expected(Layout layout) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (LayoutColumn column : layout.columns()) {
      expected.put(column.name(), column.type() + (column.required() ? NOT_NULL : ""));
    }
    return expected;
  }

  private Map<String, String> columns(Layout layout) {
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
        .bind("name", layout.name())
        .collectRows(
            Collectors.toMap(
                row -> row.getColumn("attname", String.class),
                row -> row.getColumn("type", String.class),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /// Refuses a table that looks otherwise than its contract says.
  void compare(Layout layout) {
    Map<String, String> there = columns(layout);
    Map<String, String> expected = expected(layout);
    expected.forEach((name, type) -> compareColumn(layout, name, type, there.get(name)));
    for (String name : there.keySet()) {
      if (!expected.containsKey(name)) {
        throw differs(
            layout,
            "has the column \"%s\", which its contract lacks".formatted(name),
            "drop column " + name);
      }
    }
    compareKey(layout);
  }

  private static void compareColumn(
      Layout layout, String name, String type, @Nullable String found) {
    if (found == null) {
      throw differs(
          layout, "has no column \"%s\"".formatted(name), "add column %s %s".formatted(name, type));
    }
    if (!found.equals(type)) {
      String bare = type.replace(NOT_NULL, "");
      String change =
          found.replace(NOT_NULL, "").equals(bare)
              ? (type.equals(bare) ? "drop not null" : "set not null")
              : "type " + bare;
      throw differs(
          layout,
          "has the column \"%s\" as %s, its contract as %s".formatted(name, found, type),
          "alter column %s %s".formatted(name, change));
    }
  }

  private void compareKey(Layout layout) {
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
            .bind("name", layout.name())
            .mapTo(String.class)
            .list();
    if (!key.equals(layout.key())) {
      throw differs(
          layout,
          "has the primary key %s, its contract %s".formatted(key, layout.key()),
          "add primary key (%s)".formatted(String.join(", ", layout.key())));
    }
  }

  private static Failure differs(Layout layout, String what, String change) {
    return new Failure(
        Exit.CONFIGURATION,
        "Comparing %s with its contract".formatted(layout.plainName()),
        "the table " + what,
        "run \"alter table %s %s\"; or, to fill it anew, drop the table, run \"delete from ops.published where source = '%s'\" and load again"
            .formatted(layout.plainName(), change, layout.schema()));
  }
}
