package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.PublishStep;
import dev.paceline.load.postgres.Warehouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The third step of a load.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Changes the tables by what is staged and has passed its checks, in one transaction.",
      "Where the checks have not passed it ends with 65, where stage was lost with 75."
    },
    footerHeading = "%nExample:%n",
    footer = "  load publish strava --load-id 42 --warehouse postgresql://me@host/warehouse")
final class PublishCommand extends LoadCommand {

  @Mixin LoadIdOption load = new LoadIdOption();

  PublishCommand(Environment environment) {
    super(environment, "publish");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    new StepReporter(this).published(new PublishStep(connected, contract).run(load.loadId()));
  }
}
