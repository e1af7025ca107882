package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.lake.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What is known of an account's source: the hash of each living record, by stream and key. It may
/// lag the log, never lead it, and can be made from it. About a hundred bytes of memory a record.
final class AccountState {

  private static final int VERSION = 1;

  private final Map<String, Map<String, String>> hashes;
  private long commit;

  private AccountState(long commit, Map<String, Map<String, String>> hashes) {
    this.commit = commit;
    this.hashes = hashes;
  }

  static AccountState empty() {
    return new AccountState(0, new TreeMap<>());
  }

  /// The number of the last commit whose records are known.
  long commit() {
    return commit;
  }

  void reached(long number) {
    commit = number;
  }

  /// The hash of a living record; null where none is known.
  @Nullable String hash(String stream, String key) {
    return stream(stream).get(key);
  }

  /// A copy of the keys of the living records of a stream, in order.
  Set<String> keys(String stream) {
    return new TreeSet<>(stream(stream).keySet());
  }

  /// Notes a record, or with null that it has gone.
  void note(String stream, String key, @Nullable String hash) {
    if (hash == null) {
      stream(stream).remove(key);
    } else {
      stream(stream).put(key, hash);
    }
  }

  private Map<String, String> stream(String name) {
    return hashes.computeIfAbsent(name, any -> new TreeMap<>());
  }

  /// Reads a stored state.
  ///
  /// @throws IOException where it is no state of this version: it is then made from the log
  static AccountState parse(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      Stored stored = Json.MAPPER.readValue(in, Stored.class);
      if (stored.version != VERSION) {
        throw new IOException("version " + stored.version);
      }
      return new AccountState(stored.commit, stored.hashes);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      Json.MAPPER.writeValue(out, new Stored(VERSION, commit, hashes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private record Stored(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) long commit,
      @JsonProperty(required = true) Map<String, Map<String, String>> hashes) {}
}
