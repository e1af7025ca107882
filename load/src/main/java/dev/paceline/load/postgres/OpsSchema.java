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

/// The schema `ops`: what load remembers, in a form with a version. It is made by the first load.
final class OpsSchema {

  private static final int VERSION = 1;

  private OpsSchema() {}

  /// Makes the schema where there is none; refuses one of another version.
  static void ensure(Handle handle) {
    if (version(handle).isEmpty()) {
      Locks.waitFor(handle, "ops"); // loads of two sources may both be the first
      if (version(handle).isEmpty()) {
        handle.createScript(script()).execute();
      }
    }
    refuseOther(version(handle).orElse(0));
  }

  /// Whether it is there; refuses one of another version.
  static boolean exists(Handle handle) {
    Optional<Integer> version = version(handle);
    version.ifPresent(OpsSchema::refuseOther);
    return version.isPresent();
  }

  private static Optional<Integer> version(Handle handle) {
    boolean there =
        handle.select("select to_regclass('ops.version') is not null").mapTo(boolean.class).one();
    return there
        ? Optional.of(
            handle.select("select max(version) from ops.version").mapTo(Integer.class).one())
        : Optional.empty();
  }

  private static void refuseOther(int found) {
    if (found != VERSION) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Opening the schema ops of the warehouse",
          "it is of version %d, and this load knows version %d".formatted(found, VERSION),
          found > VERSION
              ? "use the newer load that made it"
              : "use the load that made it, or one that migrates it");
    }
  }

  private static String script() {
    try (InputStream sql = OpsSchema.class.getResourceAsStream("ops.sql")) {
      return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("The jar of load is damaged.", broken);
    }
  }
}
