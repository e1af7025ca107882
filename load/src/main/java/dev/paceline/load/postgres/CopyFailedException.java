package dev.paceline.load.postgres;

import java.sql.SQLException;

/// Carries the failure of a COPY out of its transaction.
final class CopyFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CopyFailedException(SQLException cause) {
    super(cause);
  }
}
