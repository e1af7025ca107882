package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jdbi.v3.core.Handle;

/// Locks that the end of the transaction releases, also where its process was killed.
final class Locks {

  private static final String KEY = "hashtextextended('dev.paceline.load ' || :name, 0)";

  private Locks() {}

  /// Takes a lock, waiting for whoever has it.
  static void waitFor(Handle handle, String name) {
    handle
        .createQuery("select pg_advisory_xact_lock(%s) is null".formatted(KEY))
        .bind("name", name)
        .mapTo(boolean.class)
        .one();
  }

  /// Takes the lock of a source's load, or says that another load has it.
  static void take(Handle handle, String source) {
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
          "another load of it is running",
          "try again when it has ended");
    }
  }
}
