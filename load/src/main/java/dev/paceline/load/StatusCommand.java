package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Version;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import dev.paceline.load.step.LoadStatus;
import dev.paceline.load.step.StatusStep;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows how far a source is loaded.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Shows the lake's id, what is waiting in it, what is staged, and the last load. Changes nothing.",
    footerHeading = "%nExample:%n",
    footer =
        "  load status strava --lake s3://bucket/lake --warehouse postgresql://me@host/warehouse")
final class StatusCommand extends LoadCommand {

  @Mixin LakeOption lake = new LakeOption();

  StatusCommand(Environment environment) {
    super(environment, "status");
  }

  @Override
  void run(SourceContract contract, Warehouse connected) {
    try (ObjectStore store = open(lake)) {
      LoadStatus status = new StatusStep(connected, Lake.open(store), contract).run();
      report()
          .put("lake", status.lake())
          .put("initialised", status.initialised())
          .put("accounts", status.accounts())
          .put("tables", status.tables());
      status.filledFrom().ifPresent(other -> report().put("filled_from", other));
      status
          .staged()
          .ifPresent(staged ->
              report()
                  .put(
                      "stage",
                      new TreeMap<>(
                          Map.of(
                              "load_id", staged.loadId(),
                              "commits", staged.commits(),
                              "rows", staged.rows(),
                              "staged_at", staged.stagedAt(),
                              "passed", staged.passedAt().isPresent()))));
      status.lastLoad().ifPresent(last -> report().put("last_load", last));
      summarise(status);
    }
  }

  private void summarise(LoadStatus status) {
    lines().add("lake: " + status.lake());
    status
        .filledFrom()
        .filter(other -> !other.equals(status.lake()))
        .ifPresent(other ->
            lines().add("The warehouse was filled from another lake: %s.".formatted(other)));
    if (!status.initialised()) {
      lines().add("Nothing has been loaded into this warehouse yet.");
    }
    status
        .accounts()
        .forEach((account, log) ->
            lines()
                .add(
                    "%s: commit %d in the lake, %d published, %d waiting"
                        .formatted(account, log.committed(), log.published(), log.waiting())));
    status
        .staged()
        .ifPresent(staged ->
            lines()
                .add(
                    "load %d has been staged since %s, checks %s: %s"
                        .formatted(
                            staged.loadId(),
                            staged.stagedAt(),
                            staged.passedAt().isPresent() ? "passed" : "not passed",
                            staged.rows())));
    status
        .lastLoad()
        .ifPresent(last ->
            lines().add("last load: %d, finished %s".formatted(last.loadId(), last.finishedAt())));
    status
        .tables()
        .forEach((table, rows) ->
            lines()
                .add(
                    "%s: %,d rows, %,d of them not deleted"
                        .formatted(table, rows.rows(), rows.living())));
  }
}
