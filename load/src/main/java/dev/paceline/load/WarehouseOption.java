package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.GivenOption;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.cli.trust.TrustedCertificates;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.postgres.WarehouseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where the warehouse is, and how its server is verified. Its password is a setting, never a flag.
/// Not `required` in picocli, which would not name the variable.
final class WarehouseOption {

  /// Recovery after a crash takes seconds; a server that needs longer is reported as unavailable.
  private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);

  private static final String PASSWORD = "warehouse_password";
  private static final String BUNDLE = "ca_bundle";

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      description = {
        "postgresql://user@host:port/database. PACELINE_WAREHOUSE",
        "PACELINE_WAREHOUSE_PASSWORD holds its password, or file:PATH.",
        "A server on another machine is verified (sslmode=verify-full)."
      })
  @Nullable String warehouse;

  @Option(
      names = "--warehouse-ca",
      paramLabel = "FILE",
      description = {
        "PEM file of the CA of the warehouse's certificate, trusted in",
        "addition to the public ones. PACELINE_WAREHOUSE_CA, which may",
        "also hold the file's text"
      })
  @Nullable String ca;

  @Option(
      names = "--warehouse-unverified",
      arity = "0..1",
      paramLabel = "true",
      fallbackValue = "true",
      description = {
        "Do not verify a server on another machine: whoever is in",
        "between can read the password and change rows.",
        "PACELINE_WAREHOUSE_UNVERIFIED"
      })
  Boolean unverified = false;

  Warehouse connect(Environment environment) {
    if (warehouse == null) {
      throw new Failure(
          Exit.USAGE,
          "Connecting to the warehouse",
          "its location is not set",
          "give --warehouse postgresql://user@host:port/database, or set PACELINE_WAREHOUSE");
    }
    WarehouseAddress address =
        GivenOption.of(command, "--warehouse", warehouse)
            .parse(url -> WarehouseAddress.parse(url, unverified));
    Settings settings = Settings.read(environment);
    Optional<Secret> password =
        settings
            .find(PASSWORD)
            .map(setting -> Secret.resolve(Settings.variableOf(PASSWORD), setting));
    return Warehouse.connect(
        address, () -> trusted(environment.folder(), settings), password, STARTUP_WAIT);
  }

  /// The user's own CA, and the public ones: the bundle's where there is one, otherwise the JDK's.
  private TrustedCertificates trusted(Path folder, Settings settings) {
    TrustedCertificates everybodys =
        settings
            .given(BUNDLE)
            .map(file -> TrustedCertificates.read(folder, file))
            .orElseGet(TrustedCertificates::ofJdk);
    return ca == null
        ? everybodys
        : everybodys.and(
            TrustedCertificates.read(folder, GivenOption.of(command, "--warehouse-ca", ca)));
  }
}
