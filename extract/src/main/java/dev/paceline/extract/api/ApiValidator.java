package dev.paceline.extract.api;

import com.fasterxml.jackson.core.JsonPointer;
import dev.paceline.cli.source.Finding;
import dev.paceline.cli.source.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What only a whole `api.yaml` shows: members that are sound by themselves, but not together.
final class ApiValidator {

  private ApiValidator() {}

  static List<Finding> checkStreams(List<StreamDescription> streams, Authentication signIn) {
    List<Finding> findings = new ArrayList<>();
    Map<String, StreamDescription> above = new LinkedHashMap<>();
    for (int i = 0; i < streams.size(); i++) {
      StreamDescription stream = streams.get(i);
      JsonPointer where = JsonPointer.compile("/streams/" + i);
      findings.addAll(StreamValidator.check(stream, above, where));
      String scope = stream.scope();
      if (scope != null
          && !new Scopes(Set.copyOf(signIn.requestedScopes())).allowed().contains(scope)) {
        findings.add(
            new Finding(
                where.appendProperty("scope"),
                "authentication.scopes does not ask for %s%s"
                    .formatted(scope, Nearest.hint(scope, signIn.requestedScopes()))));
      }
      above.putIfAbsent(stream.name(), stream);
    }
    return findings;
  }

  static List<Finding> checkLimits(List<RateLimit> limits) {
    List<Finding> findings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < limits.size(); i++) {
      if (!names.add(limits.get(i).name())) {
        findings.add(
            Finding.at(
                "/rate_limits/%d/name".formatted(i),
                "a limit above is called %s as well".formatted(limits.get(i).name())));
      }
    }
    return findings;
  }

  /// The first rule that fits counts: one below a rule for every body is never asked.
  static List<Finding> checkErrors(List<ErrorRule> rules) {
    List<Finding> findings = new ArrayList<>();
    Set<Integer> settled = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      ErrorRule rule = rules.get(i);
      if (settled.contains(rule.status())) {
        findings.add(
            Finding.at(
                "/errors/" + i,
                "a rule above fits every %d: put this one before it".formatted(rule.status())));
      }
      if (rule.contains() == null) {
        settled.add(rule.status());
      }
    }
    return findings;
  }
}
