package dev.paceline.load.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a check came to.
///
/// @param severity `halt` or `warn`
/// @param found how many things it found
/// @param examples the first few of them
public record CheckResult(String name, String severity, long found, List<Finding> examples) {

  @JsonProperty
  public boolean passed() {
    return found == 0;
  }
}
