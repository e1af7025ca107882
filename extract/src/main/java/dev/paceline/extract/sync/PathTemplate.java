package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.record.ExactJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;

/// Fills in the placeholders in the paths of api.yaml.
final class PathTemplate {

  private PathTemplate() {}

  /// Fills in `/activities/{id}` with the members of a key.
  ///
  /// @param members the names of the members
  /// @param key their values, as a JSON array
  static String fill(String path, List<String> members, String key) {
    JsonNode values = parseKey(key);
    String filled = path;
    for (int i = 0; i < members.size(); i++) {
      filled = filled.replace("{" + members.get(i) + "}", encoded(values.path(i)));
    }
    return filled;
  }

  /// The path of a listing: `{athlete.id}` is the key of the one record of the stream `athlete`.
  static String ofListing(Listing stream, AccountState state) {
    return withReferences(stream, state);
  }

  /// The path of a child record.
  ///
  /// @param members the names of the members of its key
  static String ofChild(Child stream, List<String> members, String key, AccountState state) {
    return fill(withReferences(stream, state), members, key);
  }

  private static String withReferences(StreamDescription stream, AccountState state) {
    return StreamDescription.REFERENCE
        .matcher(stream.path())
        .replaceAll(reference -> encoded(parseKey(onlyKey(stream, reference, state)).path(0)));
  }

  private static String onlyKey(
      StreamDescription stream, MatchResult reference, AccountState state) {
    return state.listing(reference.group(1)).records().keySet().stream()
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                Exit.UNUSABLE,
                "Reading the stream " + stream.name(),
                "its path needs the %2$s of %1$s, which has no record"
                    .formatted(reference.group(1), reference.group(2)),
                "find out why that stream could not be read"));
  }

  private static String encoded(JsonNode value) {
    return URLEncoder.encode(value.asText(), StandardCharsets.UTF_8);
  }

  /// Parses a key.
  static JsonNode parseKey(String key) {
    try {
      return ExactJson.parse(key);
    } catch (IOException impossible) {
      throw new IllegalStateException("The key %s is not valid JSON.".formatted(key), impossible);
    }
  }
}
