package dev.paceline.load;

import dev.paceline.cli.Environment;
import dev.paceline.lake.Lake;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import dev.paceline.lake.warmup.S3Stub;
import dev.paceline.lake.warmup.TlsHello;
import dev.paceline.load.warmup.PostgresStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Stages one activity from and into stubs, so that whoever builds an image can record what a load
/// needs of the JVM. It touches no lake and no warehouse.
@Command(
    name = "warm-up",
    hidden = true,
    description = "Stages one activity from a stub into a stub. Run when an image is built.")
final class WarmUpCommand implements Callable<Integer> {

  private static final Instant MORNING = Instant.parse("2026-10-31T05:00:00Z");
  private static final String ACTIVITY =
      """
      {"id": 1, "name": "Morning Ride", "sport_type": "Ride", "distance": 1000.5, "moving_time": 60,\
      "elapsed_time": 61, "start_date": "2026-10-31T04:00:00Z", "athlete": {"id": 1}}\
      """;

  private final Environment environment;

  WarmUpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TlsHello.make();
    try (S3Stub s3 = S3Stub.start();
        PostgresStub postgres = PostgresStub.start()) {
      commit(s3);
      Map<String, String> variables = new HashMap<>(s3.variables());
      variables.put("PACELINE_WAREHOUSE_PASSWORD", PostgresStub.PASSWORD);
      Environment stubs =
          new Environment(
              variables, environment.folder(), environment.out(), environment.err(), false);
      return Load.commandLine(stubs)
          .execute("stage", "strava", "--lake", S3Stub.LAKE, "--warehouse", postgres.url());
    }
  }

  private static void commit(S3Stub s3) {
    Origin origin = new Origin("strava", "default", "20261031T050000Z-warm-up", null, "2");
    try (ObjectStore store = Stores.open(S3Stub.LAKE, s3.variables());
        CommitWriter writer = new CommitWriter(store, origin, 0)) {
      Lake.openOrCreate(store);
      writer.upsert("activities", "[1]", MORNING, ACTIVITY.getBytes(StandardCharsets.UTF_8));
      writer.commit(LocalDate.parse("2026-10-31"), MORNING, 1, List.of("activities"));
    }
  }
}
