package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.extract.http.HttpTransport.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a failed try is slept over.
class RetryPolicyTest {

  private final RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(1), new Random(7));

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000"})
  void jittersFullyOverADoublingCeiling(int failed, long ceiling) {
    long[] pauses =
        IntStream.range(0, 2_000)
            .mapToLong(i -> policy.pauseAfter(answer(Map.of()), failed).orElseThrow().toMillis())
            .toArray();

    assertThat(LongStream.of(pauses).max().orElseThrow()).isBetween(ceiling * 9 / 10, ceiling);
    assertThat(LongStream.of(pauses).min().orElseThrow()).isBetween(0L, ceiling / 10);
    assertThat(LongStream.of(pauses).average().orElseThrow())
        .isBetween(ceiling * 0.45, ceiling * 0.55);
  }

  @Test
  void waitsAtLeastAsLongAsItIsAsked() {
    assertThat(policy.pauseAfter(answer(Map.of("Retry-After", "7")), 1).orElseThrow())
        .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({"120, true", "121, false"})
  void waitsTwoMinutesAtMost(String asked, boolean waits) {
    assertThat(policy.pauseAfter(answer(Map.of("Retry-After", asked)), 1).isPresent())
        .isEqualTo(waits);
  }

  @Test
  void givesUpAfterFourTries() {
    assertThat(policy.pauseAfter(new IOException("broken"), 3)).isPresent();
    assertThat(policy.pauseAfter(new IOException("broken"), 4)).isEmpty();
    assertThat(policy.pauseAfter(answer(Map.of()), 4)).isEmpty();
  }

  @Test
  void doesNotAskACertificateTwice() {
    assertThat(policy.pauseAfter(new SSLHandshakeException("unknown"), 1)).isEmpty();
  }

  @Test
  void givesUpWhereTheRunIsInterrupted() {
    Thread.currentThread().interrupt();

    Optional<Duration> pause = policy.pauseAfter(new IOException("broken"), 1);

    assertThat(Thread.interrupted()).as("it is left to who asks next").isTrue();
    assertThat(pause).isEmpty();
  }

  private static Response answer(Map<String, String> headers) {
    return new Response(503, headers, new byte[0], true, Instant.EPOCH, "");
  }
}
