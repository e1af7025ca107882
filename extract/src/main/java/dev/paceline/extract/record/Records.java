package dev.paceline.extract.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Extracts records from the bytes of a response without changing a token.
public final class Records {

  /// How many records a response may have: each takes memory, however small it is.
  public static final int MAX_PER_RESPONSE = 50_000;

  private Records() {}

  /// The records of a response: the object itself, or each element of an array. One that exceeds a
  /// limit has a [Misfit], and the others are read as if it were not there.
  ///
  /// @param key the members that form a record's key
  /// @throws IOException if the response is not valid JSON, or not an object or array of objects
  ///   with such keys, or has too many; the message says where
  public static List<SourceRecord> split(JsonSlice response, List<String> key) throws IOException {
    List<SourceRecord> records = new ArrayList<>();
    JsonScanner scanner = new JsonScanner(response);
    switch (scanner.peek()) {
      case '{' -> records.add(record(scanner.value(), key));
      case '[' -> {
        scanner.expect('[');
        while (scanner.next(']')) {
          if (records.size() == MAX_PER_RESPONSE) {
            throw new MalformedJson("it has more than %d records".formatted(MAX_PER_RESPONSE));
          }
          records.add(record(scanner.value(), key));
        }
      }
      default -> throw new MalformedJson("it is neither an object nor an array");
    }
    scanner.end();
    return records;
  }

  private static SourceRecord record(JsonSlice json, List<String> members) throws IOException {
    if (json.first() != '{') {
      throw new MalformedJson("the element at byte %d is not an object".formatted(json.start()));
    }
    String hash;
    Misfit misfit = null;
    try {
      Minified.ensureFits(json);
      hash = CanonicalHash.of(json);
    } catch (LimitExceeded exceeded) {
      hash = "misfit-" + ByteHash.of(json);
      misfit = new Misfit(String.valueOf(exceeded.getMessage()), true);
    }
    try {
      return new SourceRecord(RecordKey.of(json, members), json, hash, misfit);
    } catch (LimitExceeded ofKey) {
      String key = RecordKey.substitute(json, members);
      return new SourceRecord(
          key, json, hash, new Misfit(String.valueOf(ofKey.getMessage()), false));
    }
  }
}
