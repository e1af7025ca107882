package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.postgres.TableDefinition.ColumnDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Creates tables in the warehouse, or compares existing ones with their definition.
final class Tables {

  private static final String NOT_NULL = " not null";

  /// Of `pg_class.relkind`: a table, or a partitioned one.
  private static final Set<String> TABLE_KINDS = Set.of("r", "p");

  private final Handle handle;

  Tables(Handle handle) {
    this.handle = handle;
  }

  /// Whether there is such a table; refuses (exit 78) anything else of that name.
  boolean exists(TableDefinition table) {
    Optional<String> kind =
        handle
            .createQuery("select relkind from pg_class where oid = to_regclass(:name)")
            .bind("name", table.name())
            .mapTo(String.class)
            .findOne();
    if (kind.isPresent() && !TABLE_KINDS.contains(kind.get())) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Opening the table " + table.plainName(),
          "it is not a table, and was not created by Paceline",
          "rename it, or give Paceline a database of its own");
    }
    return kind.isPresent();
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

  /// Creates a stage table, without write-ahead log: faster to fill, and empty after a crash. It
  /// lives for minutes, and autovacuum would read it again while it is being filled. Its comment
  /// says that it is one, so that nothing else in its schema is ever dropped.
  void createUnlogged(TableDefinition table) {
    createSchema(table);
    if (exists(table)) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Creating the stage table " + table.plainName(),
          "there is a table of that name that Paceline did not create",
          "rename it, or move it to another schema");
    }
    handle.execute(
        "create unlogged table %s (%s) with (autovacuum_enabled = false)"
            .formatted(table.name(), columnsSql(table)));
    comment("table " + table.name(), table.description());
  }

  /// The load of each stage table of a source, by the name of the table.
  Map<String, Long> stages(String source) {
    return handle
        .createQuery(
            """
            select
                pg_class.relname,
                substring(pg_description.description from 'load (\\d+)\\.$')::bigint as load_id
            from pg_class
            inner join
                pg_description
                on
                    pg_description.objoid = pg_class.oid
                    and pg_description.classoid = 'pg_class'::regclass
                    and pg_description.objsubid = 0
            where
                pg_class.relnamespace = to_regnamespace(:schema)
                and pg_class.relkind = 'r'
                and pg_description.description like 'Staged by Paceline, load %.'
            """)
        .bind("schema", SqlFragments.quoted(TableDefinition.stageSchema(source)))
        .collectRows(
            Collectors.toMap(
                row -> row.getColumn("relname", String.class),
                row -> row.getColumn("load_id", Long.class)));
  }

  /// Drops a stage table; refuses (exit 78) if a view depends on it.
  void dropStage(String source, String name) {
    refuseDependents(source, name);
    handle.execute("drop table " + stage(source, name).name());
  }

  private static TableDefinition stage(String source, String name) {
    return new TableDefinition(TableDefinition.stageSchema(source), name, "", List.of(), List.of());
  }

  /// Refuses (exit 78) to drop a stage table that a view depends on.
  void refuseDependents(String source, String name) {
    TableDefinition table = stage(source, name);
    Dependents dependents = Dependents.of(handle, table);
    if (!dependents.isEmpty()) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Dropping the stage table " + table.plainName(),
          "the views %s depend on it".formatted(dependents.names()),
          "run `%s`: each load has stage tables of its own, so query production instead"
              .formatted(dependents.drop().strip()));
    }
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

  long count(TableDefinition table) {
    return handle.select("select count(*) from " + table.name()).mapTo(long.class).one();
  }

  /// Whether the table exists and has the definition's columns.
  boolean matches(TableDefinition table) {
    return exists(table) && columns(table).equals(ContractMismatch.columns(table));
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
    ContractMismatch.refuse(handle, table, columns(table), key(table));
  }

  private List<String> key(TableDefinition table) {
    return handle
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
  }
}
