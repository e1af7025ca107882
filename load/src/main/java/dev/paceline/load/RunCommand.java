package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Version;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.CheckOutcome;
import dev.paceline.load.step.CheckStep;
import dev.paceline.load.step.PublishStep;
import dev.paceline.load.step.StageResult;
import dev.paceline.load.step.StageStep;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A whole load.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Stages, checks and publishes what is new in the lake.",
    footerHeading = "%nExample:%n",
    footer = "  load run strava --lake s3://bucket/lake --warehouse postgresql://me@host/warehouse")
final class RunCommand extends LoadCommand {

  @Mixin LakeOption lake = new LakeOption();

  RunCommand(Environment environment) {
    super(environment, "run");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    StepReporter reporter = new StepReporter(this);
    try (ObjectStore store = open(lake)) {
      StageResult staged = new StageStep(connected, Lake.open(store), contract).run();
      reporter.staged(staged);
      OptionalLong loadId = OptionalLong.of(staged.staged().loadId());
      CheckStep check = new CheckStep(connected, contract);
      CheckOutcome outcome = check.run(loadId);
      reporter.checked(outcome);
      outcome.refuseHalted(contract.source());
      reporter.published(new PublishStep(connected, contract).run(loadId));
    }
  }
}
