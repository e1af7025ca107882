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
import org.jspecify.annotations.Nullable;

/// Checks what only a whole `api.yaml` shows: members that are valid on their own, but not
/// together.
final class ApiValidator {

  private ApiValidator() {}

  static List<Finding> checkStreams(
      List<StreamDescription> streams, Authentication authentication) {
    List<Finding> findings = new ArrayList<>();
    Map<String, StreamDescription> above = new LinkedHashMap<>();
    Set<String> requested = new Scopes(Set.copyOf(authentication.requestedScopes())).allowed();
    for (int i = 0; i < streams.size(); i++) {
      StreamDescription stream = streams.get(i);
      JsonPointer where = JsonPointer.compile("/streams/" + i);
      findings.addAll(StreamValidator.check(stream, above, where));
      stream
          .scope()
          .filter(scope -> !requested.contains(scope))
          .ifPresent(scope ->
              findings.add(
                  new Finding(
                      where.appendProperty("scope"),
                      "authentication.scopes does not include %s%s"
                          .formatted(
                              scope, Nearest.hint(scope, authentication.requestedScopes())))));
      if (stream instanceof StreamDescription.Child
          && !stream.volatileMembers().isEmpty()
          && streams.stream().noneMatch(other -> other.needs().contains(stream.name()))) {
        findings.add(
            new Finding(
                where.appendProperty("volatile"),
                "leave it out: nothing is read because this stream changed"));
      }
      above.putIfAbsent(stream.name(), stream);
    }
    return findings;
  }

  /// The identity is read before anything else, so that nothing of another account is written.
  static List<Finding> checkIdentity(@Nullable String identity, List<StreamDescription> streams) {
    if (identity == null) {
      return List.of();
    }
    List<String> names = streams.stream().map(StreamDescription::name).toList();
    int at = names.indexOf(identity);
    if (at < 0) {
      return List.of(
          Finding.at(
              "/identity",
              "no stream is called %s%s".formatted(identity, Nearest.hint(identity, names))));
    }
    StreamDescription stream = streams.get(at);
    if (!stream.isOneRecord() || stream.key().size() > 1) {
      return List.of(
          Finding.at("/identity", "%s is not a single record with one id".formatted(identity)));
    }
    return at > 0 || stream.isOptional()
        ? List.of(
            Finding.at(
                "/identity", "%s has to be the first stream, and not optional".formatted(identity)))
        : List.of();
  }

  static List<Finding> checkLimits(List<RateLimit> limits) {
    List<Finding> findings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < limits.size(); i++) {
      if (!names.add(limits.get(i).name())) {
        findings.add(
            Finding.at(
                "/rate_limits/%d/name".formatted(i),
                "a limit above is also called %s".formatted(limits.get(i).name())));
      }
      int windows = limits.get(i).windows().size();
      int published = limits.get(i).publishedLimits().map(List::size).orElse(windows);
      if (published != windows) {
        findings.add(
            Finding.at(
                "/rate_limits/%d/published".formatted(i),
                "has %d numbers, but there %s %d window%s"
                    .formatted(
                        published, windows == 1 ? "is" : "are", windows, windows == 1 ? "" : "s")));
      }
    }
    return findings;
  }

  /// The first matching rule applies, so a rule below one for every body would never be used.
  static List<Finding> checkErrors(List<ErrorRule> rules) {
    List<Finding> findings = new ArrayList<>();
    Set<Integer> matchingEveryBody = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      ErrorRule rule = rules.get(i);
      if (matchingEveryBody.contains(rule.status())) {
        findings.add(
            Finding.at(
                "/errors/" + i,
                "a rule above matches every %d: put this one before it".formatted(rule.status())));
      }
      if (rule.contains() == null) {
        matchingEveryBody.add(rule.status());
      }
    }
    return findings;
  }
}
