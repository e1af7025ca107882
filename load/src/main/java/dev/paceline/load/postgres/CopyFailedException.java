package dev.paceline.load.postgres;

import java.sql.SQLException;

/// A COPY that Postgres ended, on its way out of a transaction.
final class CopyFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CopyFailedException(SQLException cause) {
    super(cause);
  }
}
