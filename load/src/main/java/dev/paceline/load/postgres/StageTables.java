package dev.paceline.load.postgres;

import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.step.Staged;
import org.jdbi.v3.core.Handle;

/// All stage tables of a source.
final class StageTables {

  private StageTables() {}

  /// Empties those that have staged rows.
  static void truncate(Handle handle, SourceContract contract, Staged staged) {
    Tables tables = new Tables(handle);
    for (TableContract table : contract.tables()) {
      if (staged.rows().containsKey(table.table())) {
        tables.truncate(TableDefinition.stage(contract.source(), table));
      }
    }
  }
}
