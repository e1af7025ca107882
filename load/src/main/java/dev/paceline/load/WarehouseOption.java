package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.GivenOption;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.postgres.WarehouseAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where the warehouse is. Its password is a setting, never a flag. Not `required` in picocli,
/// which would not name the variable.
final class WarehouseOption {

  /// Recovery after a crash takes seconds; a server that needs longer is reported as unavailable.
  private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);

  private static final String PASSWORD = "warehouse_password";

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      description = {
        "postgresql://user@host:port/database, with ?sslmode=… if needed. PACELINE_WAREHOUSE",
        "PACELINE_WAREHOUSE_PASSWORD holds its password, or file:PATH."
      })
  @Nullable String warehouse;

  Warehouse connect(Environment environment) {
    if (warehouse == null) {
      throw new Failure(
          Exit.USAGE,
          "Connecting to the warehouse",
          "its location is not set",
          "give --warehouse postgresql://user@host:port/database, or set PACELINE_WAREHOUSE");
    }
    WarehouseAddress address =
        GivenOption.of(command, "--warehouse", warehouse).parse(WarehouseAddress::parse);
    Optional<Secret> password =
        Settings.read(environment)
            .find(PASSWORD)
            .map(setting -> Secret.resolve(Settings.variableOf(PASSWORD), setting));
    return Warehouse.connect(address, password, STARTUP_WAIT);
  }
}
