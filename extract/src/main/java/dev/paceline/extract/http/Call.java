package dev.paceline.extract.http;

import java.util.Map;
import java.util.Optional;

/// One call to a source's API.
///
/// @param endpoint the path as in `api.yaml`, by which calls are counted
/// @param path relative to the API's URL
/// @param query its parameters
/// @param link the target of a link in an earlier response (RFC 8288); replaces path and query
public record Call(String endpoint, String path, Map<String, String> query, Optional<String> link) {

  public static Call of(String endpoint, String path, Map<String, String> query) {
    return new Call(endpoint, path, query, Optional.empty());
  }
}
