package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An image's cache holds what the warm-up used: it must be a whole run.
final class WarmUpTest {

  @TempDir Path folder;

  @Test
  void runsASyncThatCommitsAnActivityWithItsDetails() {
    CommandRun run = CommandRun.of(folder, "warm-up");
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.report().path("commits").asInt()).isEqualTo(1);
    assertThat(run.report().at("/accounts/0/streams/activity_details/upserts").asInt())
        .isEqualTo(1);
  }

  @Test
  void isNotListed() {
    assertThat(CommandRun.of(folder, "--help").output()).contains("sync").doesNotContain("warm-up");
  }
}
