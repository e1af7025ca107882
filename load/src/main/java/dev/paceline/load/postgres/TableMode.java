package dev.paceline.load.postgres;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// How a table is written, in SQL: what publishing does, and what production will hold after it.
/// Both agree, so a check of the one is a check of the other.
sealed interface TableMode permits MergeMode, HistoryMode {

  static TableMode of(StagedTable table) {
    return switch (table.contract().mode()) {
      case MERGE -> new MergeMode(table);
      case HISTORY -> new HistoryMode(table);
    };
  }

  /// The columns that only this mode adds to a production table's.
  List<String> ownColumns();

  /// The statement that publishes the staged rows, and returns `inserted`, `updated` and `deleted`.
  ///
  /// @param handle for what has to be found out before, in the same transaction
  String publish(Handle handle);

  /// A query of the rows after publishing.
  ///
  /// @param handle for what has to be found out before, in the same transaction
  /// @param columns the columns to select; those of the contract, `_account`, `_extracted_at`,
  ///   `_seq`, `_deleted_at` and the mode's own
  String next(Handle handle, List<String> columns);
}
