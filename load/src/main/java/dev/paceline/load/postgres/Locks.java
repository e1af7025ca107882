package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jdbi.v3.core.Handle;

/// Locks that end with the transaction, even if its process was killed.
final class Locks {

  private static final String KEY = "hashtextextended('dev.paceline.load ' || :name, 0)";

  private Locks() {}

  /// Takes a lock, and waits while another session holds it.
  static void lock(Handle handle, String name) {
    handle
        .createQuery("select pg_advisory_xact_lock(%s) is null".formatted(KEY))
        .bind("name", name)
        .mapTo(boolean.class)
        .one();
  }

  /// Takes the lock for loading a source, or fails if another load holds it.
  static void lockSource(Handle handle, String source) {
    boolean taken =
        handle
            .createQuery("select pg_try_advisory_xact_lock(%s)".formatted(KEY))
            .bind("name", "source " + source)
            .mapTo(boolean.class)
            .one();
    if (!taken) {
      throw new Failure(
          Exit.TRY_AGAIN,
          "Loading " + source,
          "another load of this source is running",
          "try again when it has finished");
    }
  }
}
