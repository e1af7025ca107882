package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Version;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.DiscardStep;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Discards what is staged.
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Discards what is staged and not published; nothing is lost, it is still in the lake.",
      "With --load-id, leaves alone what another load has staged in the meantime."
    },
    footerHeading = "%nExample:%n",
    footer = "  load discard strava --load-id 42 --warehouse postgresql://me@host/warehouse")
final class DiscardCommand extends LoadCommand {

  @Mixin LoadIdOption load = new LoadIdOption();

  DiscardCommand(Environment environment) {
    super(environment, "discard");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    Optional<Staged> discarded = new DiscardStep(connected, contract).run(load.loadId());
    report().put("discarded", discarded.isPresent());
    discarded.ifPresent(staged -> report().put("load_id", staged.loadId()));
    lines()
        .add(
            discarded
                .map(staged -> "Load %d is no longer staged.".formatted(staged.loadId()))
                .orElse("Nothing to discard."));
  }
}
