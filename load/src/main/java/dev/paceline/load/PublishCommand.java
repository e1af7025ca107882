package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.CatchUp;
import dev.paceline.load.step.LoadProgress;
import dev.paceline.load.step.PublishStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The third step of a load.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Updates the tables with what is staged and has passed its checks, in one transaction.",
      "Exits with 65 if the checks have not passed, with 75 if the staged data was lost."
    },
    footerHeading = "%nExample:%n",
    footer = "  load publish strava --load-id 42 --warehouse postgresql://me@host/warehouse")
final class PublishCommand extends LoadCommand {

  @Mixin LoadIdOption load = new LoadIdOption();
  @Mixin CatchUpOption catchUp = new CatchUpOption();

  PublishCommand(Environment environment) {
    super(environment, "publish");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    StepReporter reporter = new StepReporter(this);
    if (catchUp.wanted) {
      catchUp(contract, connected, reporter);
    }
    reporter.published(new PublishStep(connected, contract).run(load.loadId()));
  }

  private void catchUp(SourceContract contract, Warehouse connected, StepReporter reporter) {
    CatchUp missing = new CatchUp(connected, contract);
    LoadProgress progress = missing.progress(load.loadId());
    missing.stage(progress, load.loadId(), () -> open(catchUp.lake)).ifPresent(reporter::staged);
    missing
        .check(progress, load.loadId())
        .ifPresent(outcome -> {
          reporter.checked(outcome);
          outcome.refuseHalted(contract.source());
        });
  }
}
