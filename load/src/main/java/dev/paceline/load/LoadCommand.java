package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Reporting;
import dev.paceline.cli.RunOptions;
import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.report.Report;
import dev.paceline.cli.report.RunId;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.postgres.Warehouse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What all load commands share: a source, a warehouse, a report.
abstract class LoadCommand implements Callable<Integer>, Reporting {

  @Parameters(index = "0", paramLabel = "SOURCE", description = "What to load, e.g. strava.")
  String source = "";

  @Mixin SourcesOption sources = new SourcesOption();
  @Mixin WarehouseOption warehouse = new WarehouseOption();
  @Mixin RunOptions options = new RunOptions();

  private final Environment environment;
  private final Report report;
  private final SummaryLines lines = new SummaryLines();

  LoadCommand(Environment environment, String step) {
    this.environment = environment;
    this.report = new Report("load", step);
  }

  @Override
  public final Integer call() {
    report
        .put("source", source)
        .put("run", RunId.create(Clock.systemUTC(), new SecureRandom()).value());
    SourceContract contract = SourceContract.read(SourceFolder.open(source, sources.own()));
    try (Warehouse connected = warehouse.connect(environment)) {
      run(contract, connected);
    }
    report.ended(Exit.DONE);
    return Exit.DONE.code();
  }

  /// Runs the command and reports its result.
  abstract void run(SourceContract contract, Warehouse connected);

  /// Opens the store of a lake.
  final ObjectStore open(LakeOption lake) {
    return lake.open(uri -> Stores.open(uri, environment.variables()));
  }

  final SummaryLines lines() {
    return lines;
  }

  @Override
  public final Report report() {
    return report;
  }

  @Override
  public final String summary() {
    return lines.text();
  }

  @Override
  public final RunOptions options() {
    return options;
  }
}
