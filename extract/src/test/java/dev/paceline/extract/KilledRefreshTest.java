package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// `extract sync` as a separate process that is killed around a refresh.
class KilledRefreshTest extends SyncTestCase {

  @Test
  void namesTheCommandAfterAKillBetweenResponseAndStoring() throws Exception {
    String before = storedToken();

    killSyncWhen(() -> api.tokenCalls() == 1);

    assertThat(storedToken()).isEqualTo(before);
    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("remedy").asText())
        .endsWith("extract authorize strava --account anna");
  }

  @Test
  void losesNothingWhenKilledAfterStoring() throws Exception {
    api.hasActivities(2);

    killSyncWhen(() -> !api.calls("/").isEmpty());

    assertThat(storedToken()).contains("refresh-1");
    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).hasSize(2);
  }

  /// Kills the run after the source has processed a call and before it sends the response.
  private void killSyncWhen(BooleanSupplier moment) throws IOException, InterruptedException {
    CompletableFuture<Process> running = new CompletableFuture<>();
    api.afterEachCall(() -> {
      if (moment.getAsBoolean()) {
        running.join().destroyForcibly().onExit().join();
      }
    });
    Process process = begin("sync", "strava");
    running.complete(process);
    assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
    api.afterEachCall(() -> {});
  }
}
