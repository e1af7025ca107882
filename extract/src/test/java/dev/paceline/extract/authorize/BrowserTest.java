package dev.paceline.extract.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command that opens the browser.
class BrowserTest {

  @ParameterizedTest
  @CsvSource({"Linux, xdg-open", "Mac OS X, open", "Windows 11, rundll32", "FreeBSD, xdg-open"})
  void isTheDefaultOfTheSystem(String system, String command) {
    assertThat(Browser.of(Map.of(), system).command()).first().isEqualTo(command);
  }

  @Test
  void isTheFirstVariableThatIsSet() {
    Map<String, String> both = Map.of("PACELINE_BROWSER", "firefox -P work %s", "BROWSER", "w3m");

    assertThat(Browser.of(both, "Linux").command())
        .isEqualTo(List.of("firefox", "-P", "work", "%s"));
    assertThat(Browser.of(Map.of("PACELINE_BROWSER", " ", "BROWSER", "w3m"), "Linux").command())
        .isEqualTo(List.of("w3m"));
  }
}
