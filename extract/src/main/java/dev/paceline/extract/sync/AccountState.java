package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.lake.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What is known of an account's source: the living records of each listing, and of each record
/// that has a call of its own why it was read and why it should be. The records that should be read
/// again are the queue. It may lag the log, never lead it, and can be made from it. About half a
/// kilobyte of memory an activity.
final class AccountState {

  private static final int VERSION = 2;

  private final String api;
  private final Map<String, ListingState> listings;
  private final Map<String, Map<String, Item>> items;
  private final Map<String, String> refetchKeys;
  private long commit;

  private AccountState(Stored stored) {
    this.api = stored.api;
    this.commit = stored.commit;
    this.listings = new TreeMap<>(stored.listings);
    this.items = new TreeMap<>(stored.items);
    this.refetchKeys = new TreeMap<>(stored.refetchKeys);
  }

  /// @param api the version of api.yaml that its refetchKeys follow from
  static AccountState empty(String api) {
    return new AccountState(new Stored(VERSION, api, 0, Map.of(), Map.of(), Map.of()));
  }

  /// The number of the last commit whose records are known.
  long commit() {
    return commit;
  }

  void advanceTo(long number) {
    commit = number;
  }

  ListingState listing(String stream) {
    return listings.computeIfAbsent(stream, any -> new ListingState());
  }

  /// What is known of a record that has a call of its own.
  Item item(String stream, String key) {
    return items(stream).computeIfAbsent(key, any -> new Item());
  }

  Map<String, Item> items(String stream) {
    return items.computeIfAbsent(stream, any -> new TreeMap<>());
  }

  /// A record of a listing has gone, and with it those that hang on it.
  ///
  /// @param children the streams with records of its key
  void remove(String stream, String key, Iterable<String> children) {
    listing(stream).records().remove(key);
    for (String child : children) {
      items(child).remove(key);
    }
  }

  /// Why the records of a stream whose ids are found here and there should be read; null before its
  /// parent is known.
  @Nullable String refetchKey(String stream) {
    return refetchKeys.get(stream);
  }

  /// All records of a stream should be read for this reason.
  void refetchAll(String stream, String refetchKey) {
    refetchKeys.put(stream, refetchKey);
    items(stream).values().forEach(item -> item.request(refetchKey));
  }

  /// When an item's parent took place, in epoch seconds; the end of time where it tells none, as an
  /// athlete.
  long time(String parent, String key) {
    ListingState.Listed listed = listing(parent).records().get(key);
    return listed == null || listed.time() == 0 ? Long.MAX_VALUE : listed.time();
  }

  /// Reads a stored state.
  ///
  /// @throws IOException where it is no state of this version, or of another version of api.yaml:
  ///   it is then made from the log
  static AccountState parse(byte[] gzip, String api) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      Stored stored = Json.MAPPER.readValue(in, Stored.class);
      if (stored.version != VERSION) {
        throw new IOException("version " + stored.version);
      }
      if (!stored.api.equals(api)) {
        throw new IOException("of version %s of api.yaml".formatted(stored.api));
      }
      return new AccountState(stored);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      Json.MAPPER.writeValue(out, new Stored(VERSION, api, commit, listings, items, refetchKeys));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private record Stored(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) String api,
      @JsonProperty(required = true) long commit,
      @JsonProperty(required = true) Map<String, ListingState> listings,
      @JsonProperty(required = true) Map<String, Map<String, Item>> items,
      @JsonProperty(value = "causes", required = true) Map<String, String> refetchKeys) {}

  /// A record that has a call of its own.
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  static final class Item {

    static final Comparator<Item> LONGEST_AGO = Comparator.comparingLong(item -> item.at);

    private static final long DAY = 86_400;

    /// A try that comes an hour early is still the next day's.
    private static final long EARLY = 3_600;

    private static final int MOST_DOUBLINGS = 5;

    @JsonProperty("w")
    private @Nullable String wanted;

    @JsonProperty("r")
    private @Nullable String read;

    @JsonProperty("h")
    private @Nullable String hash;

    @JsonProperty("t")
    private long at;

    @JsonProperty("f")
    private int failures;

    void request(String refetchKey) {
      if (!refetchKey.equals(wanted)) {
        wanted = refetchKey;
        failures = 0;
      }
    }

    /// Why it should be read; null where nothing asks for it.
    @Nullable String wanted() {
      return wanted;
    }

    /// Whether it should be read, and may be now: one that could not be had is tried again after a
    /// day, then after two, four and so on.
    boolean isDue(long now) {
      return wanted != null && !wanted.equals(read) && now >= notBefore();
    }

    private long notBefore() {
      return failures == 0
          ? Long.MIN_VALUE
          : at + (DAY << Math.min(failures - 1, MOST_DOUBLINGS)) - EARLY;
    }

    /// Whether it was read for the reason that there is, and not since this moment.
    boolean isSettledBefore(long moment) {
      return wanted != null
          && wanted.equals(read)
          && !wanted.equals(RefetchKey.NONE)
          && at < moment;
    }

    /// The hash of what the lake has of it; null where it has nothing.
    @Nullable String hash() {
      return hash;
    }

    /// It was read for the reason that there is.
    void readAs(@Nullable String newHash, long when) {
      read = wanted;
      hash = newHash;
      at = when;
      failures = 0;
    }

    /// It could not be had.
    void failed(long when) {
      at = when;
      failures++;
    }
  }
}
