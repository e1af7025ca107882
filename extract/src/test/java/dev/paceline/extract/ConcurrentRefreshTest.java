package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Two runs that renew one account's token at once.
class ConcurrentRefreshTest extends SyncTestCase {

  /// The answer to the first run is that long on its way; the second is refused meanwhile.
  private static final int MILLIS_ON_ITS_WAY = 3_000;

  @Test
  void bothGoOnWithTheTokenOfTheFirst() throws Exception {
    CompletableFuture<Void> renewed = new CompletableFuture<>();
    api.answersTokensBy(answer -> answer.withFixedDelay(MILLIS_ON_ITS_WAY));
    api.afterEachCall(() -> renewed.complete(null));
    Process first = begin("check", "strava");
    try {
      renewed.get(60, TimeUnit.SECONDS);
      atEachPause = first.onExit()::join;

      assertThat(run("check", "strava")).as(output()).isZero();

      assertThat(first.waitFor()).isZero();
      assertThat(api.tokenCalls()).as("the second was refused").isEqualTo(2);
      assertThat(storedToken()).contains("refresh-1").doesNotContain("revoked_at");
    } finally {
      first.destroyForcibly();
    }
  }
}
