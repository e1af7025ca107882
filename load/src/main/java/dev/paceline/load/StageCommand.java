package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Version;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.StageStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The first step of a load.
@Command(
    name = "stage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Verifies what is new in the lake and copies it into the stage tables.",
      "Replaces what was staged before. Exits with 65 if a record does not fit its table."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  load stage strava --lake s3://bucket/lake --warehouse postgresql://me@host/warehouse")
final class StageCommand extends LoadCommand {

  @Mixin LakeOption lake = new LakeOption();

  StageCommand(Environment environment) {
    super(environment, "stage");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    try (ObjectStore store = open(lake)) {
      new StepReporter(this).staged(new StageStep(connected, Lake.open(store), contract).run());
    }
  }
}
