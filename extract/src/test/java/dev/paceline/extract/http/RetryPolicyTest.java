package dev.paceline.extract.http;

import static org.assertj.core.api.Assertions.assertThat;

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

/// The pause after a failed attempt.
class RetryPolicyTest {

  private final RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(1), new Random(7));

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000"})
  void jittersFullyOverADoublingCeiling(int failed, long ceiling) {
    long[] pauses =
        IntStream.range(0, 2_000)
            .mapToLong(i -> policy.pauseAfter(response(Map.of()), failed).orElseThrow().toMillis())
            .toArray();

    assertThat(LongStream.of(pauses).max().orElseThrow()).isBetween(ceiling * 9 / 10, ceiling);
    assertThat(LongStream.of(pauses).min().orElseThrow()).isBetween(0L, ceiling / 10);
    assertThat(LongStream.of(pauses).average().orElseThrow())
        .isBetween(ceiling * 0.45, ceiling * 0.55);
  }

  @Test
  void waitsAtLeastAsLongAsRequested() {
    assertThat(policy.pauseAfter(response(Map.of("Retry-After", "7")), 1).orElseThrow())
        .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({"120, true", "121, false"})
  void waitsTwoMinutesAtMost(String asked, boolean waits) {
    assertThat(policy.pauseAfter(response(Map.of("Retry-After", asked)), 1).isPresent())
        .isEqualTo(waits);
  }

  @Test
  void givesUpAfterFourAttempts() {
    assertThat(policy.pauseAfter(new IOException("broken"), 3)).isPresent();
    assertThat(policy.pauseAfter(new IOException("broken"), 4)).isEmpty();
    assertThat(policy.pauseAfter(response(Map.of()), 4)).isEmpty();
  }

  @Test
  void doesNotRetryAfterACertificateError() {
    assertThat(policy.pauseAfter(new SSLHandshakeException("unknown"), 1)).isEmpty();
  }

  @Test
  void givesUpWhenTheRunIsInterrupted() {
    Thread.currentThread().interrupt();

    Optional<Duration> pause = policy.pauseAfter(new IOException("broken"), 1);

    assertThat(Thread.interrupted()).as("the interrupt flag is still set").isTrue();
    assertThat(pause).isEmpty();
  }

  private static Response response(Map<String, String> headers) {
    return new Response(503, headers, new byte[0], 0, Instant.EPOCH, "");
  }
}
