package dev.paceline.load.contract;

import java.util.List;
import java.util.Optional;

/// `checks.yaml`: the checks of a source, in the order they run. The SQL of each is in
/// `checks/<name>.sql`.
record ChecksFile(List<Entry> checks) {

  ChecksFile {
    checks = Optional.<List<Entry>>ofNullable(checks).map(List::copyOf).orElse(List.of());
  }

  record Entry(String name, Severity severity, String description) {
    Entry {
      Identifiers.requireCheck(String.valueOf(name));
      if (Optional.ofNullable(severity).isEmpty() || Optional.ofNullable(description).isEmpty()) {
        throw new IllegalArgumentException(
            "the check \"%s\" needs a severity and a description".formatted(name));
      }
    }

    String file() {
      return "checks/%s.sql".formatted(name);
    }
  }
}
