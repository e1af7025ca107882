package dev.paceline.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A valid `api.yaml`, which tests change to make it invalid.
final class ToySource {

  static final String VALID =
      """
      source: toy
      title: Toys
      version: "1"
      api_url: https://api.example.org
      authentication: {type: api_key, header: X-Api-Key}
      rate_limits:
        - {name: calls, limit_header: X-Limit, usage_header: X-Usage, windows: [PT1M]}
      errors:
        - {status: 403, contains: asleep, meaning: retry}
      streams:
        - name: owner
          path: /owner
          key: [id]
        - name: toys
          path: /toys
          key: [id]
          pagination: {type: page, page_parameter: page, size_parameter: size, size: 50}
          volatile: [likes]
          gone: {path: "/toys/{id}"}
        - name: parts
          path: /toys/{id}/parts
          each: {of: toys}
      """;

  private ToySource() {}

  /// Writes an `api.yaml` into the folder `toy` below a folder of sources.
  static Path write(Path sources, String yaml) throws IOException {
    return Files.writeString(
        Files.createDirectories(sources.resolve("toy")).resolve("api.yaml"), yaml);
  }

  /// The valid one with a text replaced, which must exist.
  static String with(String old, String other) {
    if (!VALID.contains(old)) {
      throw new IllegalArgumentException("The toy does not contain: " + old);
    }
    return VALID.replace(old, other);
  }
}
