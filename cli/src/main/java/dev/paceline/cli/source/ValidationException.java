package dev.paceline.cli.source;

import java.util.List;
import java.util.stream.Collectors;

/// Why a record refuses to exist, all reasons at once: members that are sound by themselves, but
/// not together.
public final class ValidationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public ValidationException(List<Finding> findings) {
    super(findings.stream().map(Finding::what).collect(Collectors.joining("; ")));
    this.findings = List.copyOf(findings);
  }

  /// Where they are, within the record.
  List<Finding> findings() {
    return findings;
  }
}
