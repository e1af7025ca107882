package dev.paceline.load.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/// The result of one check.
///
/// @param severity `halt` or `warn`
/// @param found the number of findings
/// @param examples the first few of them, by account
/// @param accounts the number of findings by account; those that name no account are not in it
public record CheckResult(
    String name,
    String severity,
    long found,
    List<Finding> examples,
    @JsonIgnore Map<String, Long> accounts) {

  @JsonProperty
  public boolean passed() {
    return found == 0;
  }
}
