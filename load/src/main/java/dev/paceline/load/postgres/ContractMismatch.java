package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.postgres.TableDefinition.ColumnDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A table that differs from its contract, and what can be done about it: a statement that Postgres
/// will accept for this table as it is, or else to fill it again from the lake.
final class ContractMismatch {

  private static final String NOT_NULL = " not null";

  private final Handle handle;
  private final TableDefinition table;

  private ContractMismatch(Handle handle, TableDefinition table) {
    this.handle = handle;
    this.table = table;
  }

  /// The columns of a definition, with their types.
  static Map<String, String> columns(TableDefinition table) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (ColumnDefinition column : table.columns()) {
      columns.put(column.name(), column.type() + (column.required() ? NOT_NULL : ""));
    }
    return columns;
  }

  /// Refuses a table (exit 78) that differs.
  ///
  /// @param actual its columns in the warehouse, with their types
  /// @param key its primary key there
  static void refuse(
      Handle handle, TableDefinition table, Map<String, String> actual, List<String> key) {
    new ContractMismatch(handle, table).refuse(actual, key);
  }

  private void refuse(Map<String, String> actual, List<String> key) {
    Map<String, String> expected = columns(table);
    expected.forEach((name, type) -> {
      String found = actual.get(name);
      if (found == null) {
        throw failure("has no column \"%s\"".formatted(name), adding(name, type));
      }
      if (!found.equals(type)) {
        throw failure(
            "has the column \"%s\" as %s, its contract has it as %s".formatted(name, found, type),
            changing(name, found, type));
      }
    });
    for (String name : actual.keySet()) {
      if (!expected.containsKey(name)) {
        throw failure(
            "has the column \"%s\", which is not in its contract".formatted(name),
            Optional.of("drop column " + SqlFragments.quoted(name)));
      }
    }
    if (!key.equals(table.key())) {
      throw failure(
          "has the primary key %s, its contract has %s".formatted(key, table.key()), adding(key));
    }
  }

  private Optional<String> adding(String name, String type) {
    return type.endsWith(NOT_NULL) && exists("select from " + table.name())
        ? Optional.empty() // the rows have no value for it
        : Optional.of("add column %s %s".formatted(SqlFragments.quoted(name), type));
  }

  private Optional<String> adding(List<String> existingKey) {
    String columns = SqlFragments.list(table.key());
    boolean isUnique =
        !exists("select from %s group by %s having count(*) > 1".formatted(table.name(), columns));
    return existingKey.isEmpty() && isUnique
        ? Optional.of("add primary key (%s)".formatted(columns))
        : Optional.empty();
  }

  private Optional<String> changing(String name, String found, String type) {
    String column = SqlFragments.quoted(name);
    String bareFound = found.replace(NOT_NULL, "");
    String bareType = type.replace(NOT_NULL, "");
    if (!bareFound.equals(bareType)) {
      return isLossless(bareFound, bareType)
          ? Optional.of("alter column %s type %s".formatted(column, bareType))
          : Optional.empty();
    }
    if (type.equals(bareType)) {
      return Optional.of("alter column %s drop not null".formatted(column));
    }
    return exists("select from %s where %s is null".formatted(table.name(), column))
        ? Optional.empty()
        : Optional.of("alter column %s set not null".formatted(column));
  }

  /// Whether every value of a type can become one of another: Postgres casts it implicitly.
  private boolean isLossless(String from, String to) {
    boolean arrays = from.endsWith("[]") && to.endsWith("[]");
    return handle
        .createQuery(
            """
            select exists (
                select from pg_cast
                where
                    castsource = to_regtype(:from)
                    and casttarget = to_regtype(:to)
                    and castcontext = 'i'
            )
            """)
        .bind("from", arrays ? from.replace("[]", "") : from)
        .bind("to", arrays ? to.replace("[]", "") : to)
        .mapTo(boolean.class)
        .one();
  }

  private boolean exists(String query) {
    return handle.select("select exists (%s)".formatted(query)).mapTo(boolean.class).one();
  }

  private Failure failure(String what, Optional<String> change) {
    Dependents dependents = Dependents.of(handle, table);
    String refill =
        "`drop table %s cascade; delete from ops.published where source = %s`, and load again"
            .formatted(table.name(), SqlFragments.literal(table.schema()));
    String remedy =
        change
            .map(statement ->
                "run `%salter table %s %s`; or, to fill it again, run %s"
                    .formatted(dependents.drop(), table.name(), statement, refill))
            .orElse("fill it again: run " + refill);
    return new Failure(
        Exit.CONFIGURATION,
        "Comparing %s with its contract".formatted(table.plainName()),
        "the table " + what,
        dependents.isEmpty() ? remedy : remedy + afterwards(dependents));
  }

  private static String afterwards(Dependents dependents) {
    return "; this drops the views %s: dbt creates its own again, others are yours to create again"
        .formatted(dependents.names());
  }
}
