package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// `extract sync` as a process of its own that is killed around a refresh.
class KilledRefreshTest extends SyncTestCase {

  @Test
  void saysWhatToTypeAfterAKillBetweenTheAnswerAndItsStoring() throws Exception {
    String before = storedToken();

    syncIsKilledWhen(() -> api.tokenCalls() == 1);

    assertThat(storedToken()).isEqualTo(before);
    assertThat(sync()).isEqualTo(77);
    assertThat(account().path("error").path("remedy").asText())
        .endsWith("extract authorize strava --account anna");
  }

  @Test
  void losesNothingByAKillAfterTheStoring() throws Exception {
    api.hasActivities(2);

    syncIsKilledWhen(() -> !api.calls("/").isEmpty());

    assertThat(storedToken()).contains("refresh-1");
    assertThat(sync()).isZero();
    assertThat(records("anna", "activities")).hasSize(2);
  }

  /// Kills it when the source has carried out a call, and before the answer to it is sent.
  private void syncIsKilledWhen(BooleanSupplier moment) throws IOException, InterruptedException {
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
