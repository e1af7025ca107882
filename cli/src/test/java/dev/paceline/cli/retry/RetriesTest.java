package dev.paceline.cli.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<Duration> slept = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void returnsTheFirstSuccess() throws IOException {
    Retries retries = Retries.every(SECOND, 5, new Pause(slept::add));

    assertThat(retries.call(() -> succeedingAt(3), failed -> failed instanceof IOException))
        .isEqualTo(3);
    assertThat(slept).hasSize(2);
  }

  @Test
  void throwsWhatTheLastAttemptThrew() {
    Retries retries = Retries.every(SECOND, 3, new Pause(slept::add));

    assertThatThrownBy(() -> retries.call(() -> succeedingAt(4), _ -> true)).hasMessage("no. 3");
    assertThat(slept).as("none after the last attempt").hasSize(2);
  }

  @Test
  void doesNotRetryWhatIsNotTransient() {
    Retries retries = Retries.every(SECOND, 3, new Pause(slept::add));

    assertThatThrownBy(
            () -> retries.call(() -> succeedingAt(2), IllegalStateException.class::isInstance))
        .hasMessage("no. 1");
    assertThat(slept).isEmpty();
  }

  @Test
  void doublesItsPausesUpToTheLongestAndMakesThemDifferForEachRun() {
    Duration first = Duration.ofMillis(100);
    List<Duration> ceilings =
        List.of(first, first.multipliedBy(2), first.multipliedBy(4), first.multipliedBy(5));
    for (int run = 0; run < 50; run++) {
      slept.clear();
      Retries retries = Retries.doubling(5, first, first.multipliedBy(5), new Pause(slept::add));

      retries.until(_ -> false, attempts::incrementAndGet);

      assertThat(slept).hasSize(4);
      for (int i = 0; i < slept.size(); i++) {
        assertThat(slept.get(i)).isBetween(ceilings.get(i).dividedBy(2), ceilings.get(i));
      }
    }
    assertThat(jittered(50)).hasSizeGreaterThan(1);
  }

  private List<Duration> jittered(int runs) {
    List<Duration> all = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Retries.doubling(2, SECOND, SECOND, new Pause(all::add)).until(_ -> false, () -> "");
    }
    return all.stream().distinct().toList();
  }

  @Test
  void pollsUntilItSeesWhatIsWanted() {
    Retries retries = Retries.every(SECOND, 10, new Pause(slept::add));

    assertThat(retries.until(seen -> seen == 4, attempts::incrementAndGet)).isEqualTo(4);
    assertThat(slept).containsOnly(SECOND).hasSize(3);
    assertThat(retries.until(_ -> false, attempts::incrementAndGet)).as("ten more").isEqualTo(14);
  }

  @Test
  void makesNoOtherAttemptWhenTheRunIsAskedToStop() {
    Retries retries = Retries.every(SECOND, 5, new Pause(slept::add, () -> slept.size() == 1));

    assertThatThrownBy(() -> retries.call(() -> succeedingAt(2), _ -> true)).hasMessage("no. 1");
    assertThat(slept).hasSize(1);
  }

  @Test
  void makesNoOtherAttemptAndStaysInterruptedWhenItIsInterrupted() {
    Retries retries =
        Retries.every(
            SECOND,
            5,
            new Pause(_ -> {
              throw new InterruptedException();
            }));

    assertThat(retries.until(_ -> false, attempts::incrementAndGet)).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotOverflowHoweverManyAttemptsThereAre() {
    Retries.doubling(100, SECOND, Duration.ofSeconds(2), new Pause(slept::add))
        .until(_ -> false, () -> "");

    assertThat(slept).hasSizeGreaterThanOrEqualTo(99).allMatch(Duration::isPositive);
  }

  private int succeedingAt(int number) throws IOException {
    int attempt = attempts.incrementAndGet();
    if (attempt < number) {
      throw new IOException("no. " + attempt);
    }
    return attempt;
  }
}
