package dev.paceline.extract.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens in files that several runs write.
class FileTokensTest {

  private static final AccountRef ANNA = new AccountRef("strava", "anna");

  private final Token old = Token.ofRefreshToken("refresh-0");
  private final Token marked = old.revoked(Instant.parse("2026-11-01T05:07:00Z"));
  private final Token renewed = Token.ofRefreshToken("refresh-1");

  @TempDir Path folder = Path.of("");

  @Test
  void replacesTheKnownToken() {
    TokenStore store = open();
    store.write(ANNA, old);

    assertThat(store.replace(ANNA, old, marked)).isTrue();

    assertThat(store.read(ANNA)).isEqualTo(marked);
  }

  @Test
  void keepsATokenThatAnotherRunHasStored() {
    TokenStore store = open();
    store.write(ANNA, renewed);

    assertThat(store.replace(ANNA, old, marked)).isFalse();

    assertThat(store.read(ANNA)).isEqualTo(renewed);
  }

  @Test
  void keepsTheNewTokenWhenTwoRunsRace() throws Exception {
    for (int race = 0; race < 50; race++) {
      open().write(ANNA, old);
      CyclicBarrier start = new CyclicBarrier(2);
      CompletableFuture<Void> marking =
          CompletableFuture.runAsync(
              () -> {
                await(start);
                open().replace(ANNA, old, marked);
              },
              Thread::startVirtualThread);
      await(start);
      open().write(ANNA, renewed);
      marking.get();

      assertThat(open().read(ANNA)).isEqualTo(renewed);
    }
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private TokenStore open() {
    return FileTokens.open(folder.toUri().toString());
  }
}
