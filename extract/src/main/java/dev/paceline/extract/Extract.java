package dev.paceline.extract;

import dev.paceline.cli.Cli;
import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Sleeper;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.StopSignal;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;

/// The command `extract` and its subcommands.
@Command(
    name = "extract",
    description = "Extracts a source's data into the lake.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "An option whose help names a variable can also be set in the environment (PACELINE_LAKE) or in",
      "paceline.yaml (lake: file:///srv/lake). Exit codes: 0 done, 64 usage, 65 data unusable, 69",
      "unavailable, 70 a bug, 75 try again, 77 credentials refused, 78 configuration."
    })
final class Extract {

  private Extract() {}

  static Cli commandLine(
      Environment environment,
      StopSignal stop,
      RetryPolicy retries,
      Sleeper sleeper,
      CommitLimits limits) {
    Pause pause = new Pause(sleeper, stop::isRequested);
    return Cli.of(new Extract(), environment)
        .with("sync", () -> new SyncCommand(environment, stop, retries, sleeper, limits))
        .with("plan", () -> new PlanCommand(environment, pause))
        .with("authorize", () -> new AuthorizeCommand(environment, retries, pause))
        .with("check", () -> new CheckCommand(environment, retries, pause, sleeper))
        .with("describe", () -> new DescribeCommand(environment))
        .with("validate", ValidateCommand::new)
        .with(
            "warm-up",
            () ->
                new WarmUpCommand(
                    environment, stubs -> commandLine(stubs, stop, retries, sleeper, limits)));
  }

  /// Runs the command that the arguments name.
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    stop.install();
    RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(1), RandomGenerator.getDefault());
    int code = Exit.BUG.code();
    try {
      code =
          commandLine(Environment.ofProcess(), stop, retries, Thread::sleep, CommitLimits.STANDARD)
              .execute(arguments);
    } finally {
      stop.ended(code);
    }
    System.exit(code);
  }
}
