package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.GrowableBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One binary COPY into a table. Closing it without [#finish] cancels it.
public final class CopyStream implements AutoCloseable {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int END = -1;

  private final CopyIn copy;

  /// @param sql a `copy … from stdin (format binary)`
  public CopyStream(PGConnection connection, String sql) throws SQLException {
    copy = connection.getCopyAPI().copyIn(sql);
    GrowableBuffer head = new GrowableBuffer(SIGNATURE.length + 2 * Integer.BYTES);
    head.put(SIGNATURE, 0, SIGNATURE.length);
    head.putInt(0); // no flags
    head.putInt(0); // no header extension
    send(head);
  }

  /// Sends rows in the form of [BinaryFormat].
  public void send(GrowableBuffer rows) throws SQLException {
    copy.writeToCopy(rows.array(), 0, rows.length());
  }

  /// Ends the COPY and returns how many rows the server received; from then on the transaction sees
  /// them in the table.
  public long finish() throws SQLException {
    GrowableBuffer tail = new GrowableBuffer(Short.BYTES);
    tail.putShort(END);
    send(tail);
    return copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
