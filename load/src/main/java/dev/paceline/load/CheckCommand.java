package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.CatchUp;
import dev.paceline.load.step.CheckOutcome;
import dev.paceline.load.step.CheckStep;
import dev.paceline.load.step.LoadProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The second step of a load.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs the source's checks on the staged records merged with the published ones.",
      "Exits with 65 if a check halts the load; the findings are in ops.check_results."
    },
    footerHeading = "%nExample:%n",
    footer = "  load check strava --load-id 42 --warehouse postgresql://me@host/warehouse")
final class CheckCommand extends LoadCommand {

  @Mixin LoadIdOption load = new LoadIdOption();
  @Mixin CatchUpOption catchUp = new CatchUpOption();

  CheckCommand(Environment environment) {
    super(environment, "check");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    if (catchUp.wanted) {
      CatchUp missing = new CatchUp(connected, contract);
      LoadProgress progress = missing.progress(load.loadId());
      if (progress == LoadProgress.PUBLISHED) {
        new StepReporter(this).alreadyPublished(load.loadId().orElseThrow());
        return;
      }
      missing
          .stage(progress, load.loadId(), () -> open(catchUp.lake))
          .ifPresent(new StepReporter(this)::staged);
    }
    check(contract, connected);
  }

  private void check(SourceContract contract, Warehouse connected) {
    CheckOutcome outcome = new CheckStep(connected, contract).run(load.loadId());
    new StepReporter(this).checked(outcome);
    outcome.refuseHalted(contract.source());
  }
}
