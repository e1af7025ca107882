package dev.paceline.load.postgres;

import dev.paceline.load.postgres.copy.CopyStream;
import dev.paceline.load.rows.GrowableBuffer;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/// One COPY into a stage table, in a transaction and on a connection of its own.
final class TableCopy implements AutoCloseable {

  private final Warehouse warehouse;
  private final Handle handle;
  private final String name;
  private final CopyStream stream;

  /// @param handle in a transaction; closed with the copy
  TableCopy(Warehouse warehouse, Handle handle, TableDefinition table) {
    this.warehouse = warehouse;
    this.handle = handle;
    this.name = table.plainName();
    this.stream = stream(handle, table);
  }

  private static CopyStream stream(Handle handle, TableDefinition table) {
    try {
      return new CopyStream(
          handle.getConnection().unwrap(PGConnection.class),
          "copy %s (%s) from stdin (format binary)"
              .formatted(table.name(), SqlFragments.list(table.columnNames())));
    } catch (SQLException error) {
      throw new UncheckedSqlException(error);
    }
  }

  /// Sends rows and clears them.
  void send(GrowableBuffer rows) {
    try {
      stream.send(rows);
      rows.clear();
    } catch (SQLException error) {
      throw warehouse.failure("Copying into " + name, error);
    }
  }

  /// Commits.
  ///
  /// @param sent how many rows were sent, which the server must have received
  void finish(long sent) {
    try {
      long received = stream.finish();
      if (received != sent) {
        throw new IllegalStateException(
            "%s received %d of %d rows".formatted(name, received, sent));
      }
      handle.commit();
    } catch (SQLException error) {
      throw warehouse.failure("Copying into " + name, error);
    }
  }

  @Override
  public void close() {
    try (handle) {
      try {
        stream.close();
      } finally {
        if (handle.isInTransaction()) {
          handle.rollback();
        }
      }
    } catch (SQLException error) {
      throw warehouse.failure("Cancelling the copy into " + name, error);
    }
  }
}
