package dev.paceline.extract;

import dev.paceline.cli.Cli;
import dev.paceline.cli.Environment;
import dev.paceline.extract.warmup.StravaStub;
import dev.paceline.lake.warmup.HttpStub;
import dev.paceline.lake.warmup.S3Stub;
import dev.paceline.lake.warmup.TlsHello;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// Reads one activity from a stub into a stub, so that whoever builds an image can record what a
/// run needs of the JVM. It calls no source and touches no lake.
@Command(
    name = "warm-up",
    hidden = true,
    description = "Reads one activity from a stub into a stub. Run when an image is built.")
final class WarmUpCommand implements Callable<Integer> {

  private final Environment environment;
  private final Function<Environment, Cli> extract;

  /// @param extract makes the command line that a run has
  WarmUpCommand(Environment environment, Function<Environment, Cli> extract) {
    this.environment = environment;
    this.extract = extract;
  }

  @Override
  public Integer call() throws IOException {
    TlsHello.make();
    try (S3Stub s3 = S3Stub.start();
        HttpStub strava = StravaStub.start()) {
      String address = strava.address().toString();
      Map<String, String> variables = new HashMap<>(s3.variables());
      variables.put("PACELINE_STRAVA_CLIENT_ID", "1");
      variables.put("PACELINE_STRAVA_CLIENT_SECRET", "warm-up");
      variables.put("PACELINE_STRAVA_TOKEN_DEFAULT", "warm-up");
      variables.put("PACELINE_STRAVA_API_URL", address);
      variables.put("PACELINE_STRAVA_OAUTH_URL", address + "/oauth");
      Environment stubs =
          new Environment(
              variables, environment.folder(), environment.out(), environment.err(), false);
      return extract
          .apply(stubs)
          .execute("sync", "strava", "--lake", S3Stub.LAKE, "--tokens", "env:");
    }
  }
}
