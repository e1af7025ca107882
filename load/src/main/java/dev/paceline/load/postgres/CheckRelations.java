package dev.paceline.load.postgres;

import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.StageColumns;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The relations that a check may query, for each table: `<table>_staged` (the lines as they
/// arrived), `<table>_published` (production) and `<table>_next` (stage merged with production:
/// what production will hold). Temporary views, so a relation that a check does not use costs
/// nothing, and the SQL of a check runs as it is written.
final class CheckRelations {

  private final SourceContract contract;

  CheckRelations(SourceContract contract) {
    this.contract = contract;
  }

  /// Creates the views; they exist until the transaction, or a savepoint before them, is rolled
  /// back.
  void create(Handle handle) {
    for (TableContract table : contract.tables()) {
      String stage = TableDefinition.stage(contract.source(), table).name();
      String production = TableDefinition.production(contract.source(), table).name();
      create(handle, table.table() + "_staged", "select * from " + stage);
      create(handle, table.table() + "_published", "select * from " + production);
      create(handle, table.table() + "_next", next(table));
    }
  }

  private static void create(Handle handle, String name, String query) {
    handle.execute("create temporary view %s as %s".formatted(SqlFragments.quoted(name), query));
  }

  private String next(TableContract table) {
    List<String> columns = new ArrayList<>(table.columnNames());
    columns.add(StageColumns.ACCOUNT);
    columns.add(StageColumns.EXTRACTED_AT);
    columns.add(StageColumns.SEQ);
    if (table.mode() == Mode.HISTORY) {
      columns.add(TableDefinition.DELETED_AT);
      columns.add(TableDefinition.VALID_FROM);
      return HistorySql.next(contract.source(), table, columns);
    }
    return merged(table, columns);
  }

  private String merged(TableContract table, List<String> columns) {
    TableDefinition stage = TableDefinition.stage(contract.source(), table);
    List<String> key = TableDefinition.key(table);
    return """
    select %1$s, case when staged._op = 'delete' then staged._extracted_at end as _deleted_at
    from %2$s as staged
    %3$s
    union all
    select %4$s, published._deleted_at
    from %5$s as published
    where not exists (select from %2$s as staged where %6$s)
    """
        .formatted(
            SqlFragments.list("staged", columns),
            stage.name(),
            LastRecordPerKey.join(stage, key),
            SqlFragments.list("published", columns),
            TableDefinition.production(contract.source(), table).name(),
            SqlFragments.equal("staged", "published", key));
  }
}
