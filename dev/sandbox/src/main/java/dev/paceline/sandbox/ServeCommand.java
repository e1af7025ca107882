package dev.paceline.sandbox;

import dev.paceline.sandbox.http.Application;
import dev.paceline.sandbox.http.Limits;
import dev.paceline.sandbox.http.ListenAddress;
import dev.paceline.sandbox.http.PreparedStreams;
import dev.paceline.sandbox.http.SandboxServer;
import dev.paceline.sandbox.world.SandboxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Serves the API until the process is stopped.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Sandbox.Version.class,
    sortOptions = false,
    showDefaultValues = true,
    description = "Serves the API until the process is stopped.",
    footer = {
      "",
      "Examples:",
      "  sandbox serve --port 8090 --clock 2026-10-31T05:00:00Z --limits off",
      "  sandbox serve --replay recordings --state state.json --ready-file ready.json",
      "  sandbox serve --activities 10000 --stream-points 10000 --clock 2026-10-31T05:00:00Z",
      "",
      "The control API for tests is described in dev/sandbox/README.md."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_STREAM_POINTS = 100_000;

  @Option(names = "--port", defaultValue = "0", description = "Port; 0 picks a free one.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on: 0.0.0.0 in a container. Whoever can connect then needs a name of this machine, and a token.")
  private String host = "127.0.0.1";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Another name that callers call this machine, e.g. that of its container.")
  private List<String> names = new ArrayList<>();

  @Mixin private WorldOptions world = new WorldOptions();

  @Option(
      names = "--limits",
      defaultValue = "strava",
      converter = LimitsConverter.class,
      paramLabel = "LIMITS",
      description =
          "strava (200/2000,100/1000), off, or overall and read calls as quarter/day,quarter/day.")
  private Limits limits = Limits.parse("strava");

  @Option(
      names = "--stream-points",
      paramLabel = "N",
      description =
          "For benchmarks: gives every activity except manual ones prepared streams of exactly N points, which cost almost nothing to serve.")
  private @Nullable Integer streamPoints;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "File to write url, pid and control_key to once the server accepts calls; without it the key is printed.")
  private @Nullable Path readyFile;

  @Option(names = "--client-id", defaultValue = "20001", description = "The application's id.")
  private String clientId = "20001";

  @Option(
      names = "--client-secret-file",
      paramLabel = "FILE",
      description =
          "File with the application's secret, from which all tokens are derived; without it the secret is sandbox-secret, and protects nothing.")
  private @Nullable Path clientSecretFile;

  @Option(
      names = "--real-expiry",
      description =
          "Reports when tokens expire (expires_at) by the host's clock, not by the sandbox's.")
  private boolean realExpiry;

  @Override
  public Integer call() throws InterruptedException {
    try (SandboxServer server = start()) {
      if (readyFile != null) {
        ReadyFile.write(readyFile, server);
      }
      System.out.println(server);
      if (readyFile == null) {
        System.out.println("Control API: Authorization: Bearer " + server.controlKey());
      }
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /// Starts the server and returns; the caller closes it.
  SandboxServer start() {
    if (port < 0 || port > 65535) {
      throw SandboxException.usage("--port %d is not between 0 and 65535.".formatted(port));
    }
    if (streamPoints != null && (streamPoints < 1 || streamPoints > MAX_STREAM_POINTS)) {
      throw SandboxException.usage(
          "--stream-points %d is not between 1 and %d.".formatted(streamPoints, MAX_STREAM_POINTS));
    }
    InstantSource hostClock = InstantSource.system();
    String clientSecret =
        clientSecretFile == null ? "sandbox-secret" : ClientSecretFile.read(clientSecretFile);
    OpenedWorld opened = world.open(hostClock, clientSecret);
    Application application =
        new Application(clientId, clientSecret, realExpiry ? hostClock : null);
    PreparedStreams prepared = streamPoints == null ? null : new PreparedStreams(streamPoints);
    ListenAddress address = new ListenAddress(host, port, names);
    return SandboxServer.start(
        address, opened.world(), opened.state(), limits, application, prepared);
  }

  static final class LimitsConverter implements ITypeConverter<Limits> {
    @Override
    public Limits convert(String text) {
      try {
        return Limits.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is not an instant such as 2026-10-31T05:00:00Z.");
      }
    }
  }

  static final class DayConverter implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException("\"" + text + "\" is not a date such as 2023-10-31.");
      }
    }
  }
}
