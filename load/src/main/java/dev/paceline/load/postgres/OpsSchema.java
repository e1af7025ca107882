package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The schema `ops`: what load records about its work, in a versioned form. The first load creates
/// it.
final class OpsSchema {

  private static final int VERSION = 2;

  private OpsSchema() {}

  /// Creates the schema if it does not exist; refuses one of another version.
  static void ensure(Handle handle) {
    if (version(handle).isEmpty()) {
      Locks.lock(handle, "ops"); // the first loads of two sources may run at the same time
      if (version(handle).isEmpty()) {
        handle.createScript(script()).execute();
      }
    }
    refuseOther(version(handle).orElse(0));
  }

  /// Whether the schema exists; refuses one of another version.
  static boolean exists(Handle handle) {
    Optional<Integer> version = version(handle);
    version.ifPresent(OpsSchema::refuseOther);
    return version.isPresent();
  }

  private static Optional<Integer> version(Handle handle) {
    boolean exists =
        handle.select("select to_regclass('ops.version') is not null").mapTo(boolean.class).one();
    return exists ? Optional.of(recordedVersion(handle)) : Optional.empty();
  }

  private static int recordedVersion(Handle handle) {
    return handle
        .select("select max(version) from ops.version having count(*) > 0")
        .mapTo(Integer.class)
        .findOne()
        .orElseThrow(() ->
            new Failure(
                Exit.CONFIGURATION,
                "Opening the schema ops of the warehouse",
                "ops.version has no row, so it was not created by load, or was changed since",
                "run `insert into ops.version values (%d)` if the tables are unchanged"
                    .formatted(VERSION)));
  }

  private static void refuseOther(int found) {
    if (found != VERSION) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Opening the schema ops of the warehouse",
          "it has version %d, but this load needs version %d".formatted(found, VERSION),
          found > VERSION
              ? "use the newer load that created it"
              : "use the load that created it, or one that migrates it");
    }
  }

  private static String script() {
    try (InputStream sql = OpsSchema.class.getResourceAsStream("ops.sql")) {
      return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar of load is damaged.", e);
    }
  }
}
