package dev.paceline.load.postgres;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.StageColumns;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The relations that a check may query, for each table: `<table>_staged` (the lines as they
/// arrived), `<table>_repeated` (see [RepeatedKeys]), `<table>_published` (production) and
/// `<table>_next` (stage merged with production: what production will hold). Temporary views, so a
/// relation that a check does not use costs nothing, and the SQL of a check runs as it is written.
final class CheckRelations {

  private final SourceContract contract;
  private final long loadId;

  CheckRelations(SourceContract contract, long loadId) {
    this.contract = contract;
    this.loadId = loadId;
  }

  /// Creates the views; they exist until the transaction, or a savepoint before them, is rolled
  /// back.
  void create(Handle handle) {
    for (TableContract table : contract.tables()) {
      StagedTable staged = new StagedTable(contract.source(), table, loadId);
      RepeatedKeys.find(handle, staged);
      create(handle, table.table() + "_staged", "select * from " + staged.stage().name());
      create(handle, table.table() + "_published", "select * from " + staged.production().name());
      create(handle, table.table() + "_next", next(handle, staged));
    }
  }

  private static void create(Handle handle, String name, String query) {
    handle.execute("create temporary view %s as %s".formatted(SqlFragments.quoted(name), query));
  }

  private static String next(Handle handle, StagedTable table) {
    TableMode mode = TableMode.of(table);
    List<String> columns = new ArrayList<>(table.contract().columnNames());
    columns.add(StageColumns.ACCOUNT);
    columns.add(StageColumns.EXTRACTED_AT);
    columns.add(StageColumns.SEQ);
    columns.add(TableDefinition.DELETED_AT);
    columns.addAll(mode.ownColumns());
    return mode.next(handle, columns);
  }
}
