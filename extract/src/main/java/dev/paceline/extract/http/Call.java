package dev.paceline.extract.http;

import java.util.Map;
import java.util.Optional;

/// One call to a source's API.
///
/// @param endpoint the path as `api.yaml` has it, by which calls are counted
/// @param path below the API's URL
/// @param query its parameters
/// @param link where an earlier answer said that this one is (RFC 8288); it replaces path and query
public record Call(String endpoint, String path, Map<String, String> query, Optional<String> link) {

  public static Call of(String endpoint, String path, Map<String, String> query) {
    return new Call(endpoint, path, query, Optional.empty());
  }
}
