package dev.paceline.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection refused",
        "connection refused.",
        "  connection refused  ",
        "connection refused.\nIs the server running?",
        "connection refused\r\nIs the server running?"
      })
  void isTheFirstLineWithoutItsFullStop(String message) {
    assertThat(FirstLine.of(message)).isEqualTo("connection refused");
  }

  @Test
  void keepsFullStopsWithinTheLine() {
    assertThat(FirstLine.of("no such host: db.example.com."))
        .isEqualTo("no such host: db.example.com");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\n", "\nbelow a blank line"})
  void saysSoIfThereIsNoReason(String message) {
    assertThat(FirstLine.of(message)).isEqualTo("no reason given");
  }

  @Test
  void isTakenFromTheMessageOfAnException() {
    assertThat(FirstLine.of(new IllegalStateException("broken pipe.\n\tat …")))
        .isEqualTo("broken pipe");
    assertThat(FirstLine.of(new IllegalStateException())).isEqualTo("no reason given");
  }
}
