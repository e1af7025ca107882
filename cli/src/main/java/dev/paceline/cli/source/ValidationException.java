package dev.paceline.cli.source;

import java.util.List;
import java.util.stream.Collectors;

/// All reasons why a record cannot be created: members that are each valid, but not in combination.
public final class ValidationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public ValidationException(List<Finding> findings) {
    super(findings.stream().map(Finding::what).collect(Collectors.joining("; ")));
    this.findings = List.copyOf(findings);
  }

  /// The findings, each at its place within the record.
  List<Finding> findings() {
    return findings;
  }
}
