package dev.paceline.load;

import dev.paceline.cli.Cli;
import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Loads the lake into the warehouse.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Loads what extract has committed to the lake into the warehouse.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nThe three steps of a load, for one source at a time:%n",
    footer = {
      "  stage    verifies what is new in the lake and copies it into staging tables",
      "  check    runs the source's checks on it; a check may halt the load",
      "  publish  updates the tables, all of them or none",
      "  run      does all three",
      "",
      "Example, with the password in a file:",
      "  export PACELINE_WAREHOUSE_PASSWORD=file:$HOME/.paceline/password",
      "  load run strava --lake file:///srv/lake --warehouse postgresql://me@localhost/warehouse",
      "",
      "An option whose help names a variable can also be set in the environment (PACELINE_LAKE) or in",
      "paceline.yaml (lake: file:///srv/lake). Exit codes: 0 done, 64 usage, 65 data unusable or a",
      "check halted, 69 unavailable, 70 a bug, 75 try again, 77 credentials refused, 78 configuration.",
    })
final class Load implements Runnable {

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Missing required subcommand");
  }

  static Cli commandLine(Environment environment) {
    return Cli.of(new Load(), environment)
        .with("run", () -> new RunCommand(environment))
        .with("stage", () -> new StageCommand(environment))
        .with("check", () -> new CheckCommand(environment))
        .with("publish", () -> new PublishCommand(environment))
        .with("discard", () -> new DiscardCommand(environment))
        .with("status", () -> new StatusCommand(environment))
        .with("warm-up", () -> new WarmUpCommand(environment));
  }

  public static void main(String[] args) {
    System.exit(commandLine(Environment.ofProcess()).execute(args));
  }
}
