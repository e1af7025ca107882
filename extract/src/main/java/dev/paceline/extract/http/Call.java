package dev.paceline.extract.http;

import dev.paceline.cli.failure.Redacted;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One call to a source's API.
///
/// @param endpoint the path as in `api.yaml`, by which calls are counted
/// @param path relative to the API's URL
/// @param query its parameters
/// @param link the target of a link in an earlier response (RFC 8288); replaces path and query
public record Call(String endpoint, String path, Map<String, String> query, Optional<String> link) {

  /// Where it goes, for messages: the path with its parameters, or the link without its query.
  public String where() {
    return link.map(Redacted::address).orElseGet(() -> path + parameters());
  }

  private String parameters() {
    return new TreeMap<>(query)
        .entrySet().stream()
            .map(Map.Entry::toString)
            .reduce((all, next) -> all + "&" + next)
            .map("?"::concat)
            .orElse("");
  }

  public static Call of(String endpoint, String path, Map<String, String> query) {
    return new Call(endpoint, path, query, Optional.empty());
  }
}
