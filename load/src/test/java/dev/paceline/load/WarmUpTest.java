package dev.paceline.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An image's cache holds what the warm-up used: it must be a whole load into stage.
final class WarmUpTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private int load(String... arguments) {
    PrintStream out = new PrintStream(output, true, UTF_8);
    return Load.commandLine(new Environment(Map.of(), folder, out, out, false)).execute(arguments);
  }

  @Test
  void stagesAnActivity() {
    assertThat(load("warm-up")).as(output.toString(UTF_8)).isZero();
    assertThat(output.toString(UTF_8))
        .contains("\"step\":\"stage\"", "\"tables\":{\"activities\":{\"staged\":1}}");
  }

  @Test
  void isNotListed() {
    assertThat(load("--help")).isZero();
    assertThat(output.toString(UTF_8)).contains("publish").doesNotContain("warm-up");
  }
}
