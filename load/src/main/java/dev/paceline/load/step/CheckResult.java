package dev.paceline.load.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// The result of one check.
///
/// @param severity `halt` or `warn`
/// @param found the number of findings
/// @param examples the first few of them
public record CheckResult(String name, String severity, long found, List<Finding> examples) {

  @JsonProperty
  public boolean passed() {
    return found == 0;
  }
}
