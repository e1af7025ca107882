package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Two runs that renew one account's token at the same time.
class ConcurrentRefreshTest extends SyncTestCase {

  @Test
  void bothContinueWithTheTokenOfTheFirst() throws Exception {
    CompletableFuture<Void> renewed = new CompletableFuture<>();
    api.afterEachCall(() -> {
      renewed.complete(null);
      api.awaitTokenCalls(2); // the first gets its response once the second was refused
    });
    Process first = begin("check", "strava");
    try {
      renewed.get(60, TimeUnit.SECONDS);
      duringEachPause = first.onExit()::join;

      assertThat(run("check", "strava")).as(output()).isZero();

      assertThat(first.waitFor()).isZero();
      assertThat(api.tokenCalls()).as("the second was refused").isEqualTo(2);
      assertThat(storedToken()).contains("refresh-1").doesNotContain("revoked_at");
    } finally {
      first.destroyForcibly();
    }
  }
}
