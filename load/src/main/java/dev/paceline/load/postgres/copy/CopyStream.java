package dev.paceline.load.postgres.copy;

import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One binary COPY into a table, sent in chunks of 64 KiB. Closing it without [#finish] cancels it.
public final class CopyStream implements AutoCloseable {

  private static final int CHUNK = 1 << 16;
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int END = -1;

  private final CopyIn copy;
  private final GrowableBuffer rows = new GrowableBuffer(2 * CHUNK);

  /// @param sql a `copy … from stdin (format binary)`
  public CopyStream(PGConnection connection, String sql) throws SQLException {
    copy = connection.getCopyAPI().copyIn(sql);
    rows.put(SIGNATURE, 0, SIGNATURE.length);
    rows.putInt(0); // no flags
    rows.putInt(0); // no header extension
  }

  /// Sends the row of a line.
  ///
  /// @param account whose log the line's commit is in
  /// @param seq the commit's number and the line's position in it
  public void send(
      RowEncoder encoder, byte[] bytes, int offset, int length, byte[] account, long seq)
      throws RejectedRecord, SQLException {
    encoder.append(bytes, offset, length, account, seq, rows);
    if (rows.length() >= CHUNK) {
      flush();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(rows.array(), 0, rows.length());
    rows.clear();
  }

  /// Ends the COPY; from then on the transaction sees the rows in the table.
  public void finish() throws SQLException {
    rows.putShort(END);
    flush();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
