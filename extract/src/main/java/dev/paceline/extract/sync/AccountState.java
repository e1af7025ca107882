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
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What is known of an account's source: the existing records of each listing, and for each record
/// that needs a call of its own, the refetch key it was read for and the one it should be read for.
/// If they differ, the record is in the queue. The state may lag the log but never lead it, and can
/// be rebuilt from it. It takes about half a kilobyte of memory per activity.
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

  /// @param api the version of api.yaml that its refetch keys are based on
  static AccountState empty(String api) {
    return new AccountState(new Stored(VERSION, api, 0, Map.of(), Map.of(), Map.of()));
  }

  /// The number of the last commit that the state includes.
  long commit() {
    return commit;
  }

  void advanceTo(long number) {
    commit = number;
  }

  ListingState listing(String stream) {
    return listings.computeIfAbsent(stream, any -> new ListingState());
  }

  /// What is known of a record that needs a call of its own.
  Item item(String stream, String key) {
    return items(stream).computeIfAbsent(key, any -> new Item());
  }

  Map<String, Item> items(String stream) {
    return items.computeIfAbsent(stream, any -> new TreeMap<>());
  }

  /// Removes a deleted record of a listing, with its child records.
  ///
  /// @param children the streams with child records under the same key
  void remove(String stream, String key, Iterable<String> children) {
    listing(stream).records().remove(key);
    for (String child : children) {
      items(child).remove(key);
    }
  }

  /// The refetch key of a stream whose ids are found in other records; null before its parent is
  /// known.
  @Nullable String refetchKey(String stream) {
    return refetchKeys.get(stream);
  }

  /// Requests all records of a stream under this refetch key.
  void refetchAll(String stream, String refetchKey) {
    refetchKeys.put(stream, refetchKey);
    items(stream).values().forEach(item -> item.request(refetchKey));
  }

  /// The time of an item's parent, in epoch seconds; the maximum if it has no time, like an
  /// athlete.
  long time(String parent, String key) {
    ListingState.Listed listed = listing(parent).records().get(key);
    return listed == null || listed.time() == 0 ? Long.MAX_VALUE : listed.time();
  }

  /// Parses a stored state.
  ///
  /// @throws IOException if it is not a state of this version, or based on another version of
  ///   api.yaml: it is then rebuilt from the log
  static AccountState parse(byte[] gzip, String api) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      Stored stored = Json.MAPPER.readValue(in, Stored.class);
      if (stored == null) {
        throw new IOException("it is null");
      }
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
      @JsonProperty(required = true) Map<String, String> refetchKeys) {

    Stored {
      Objects.requireNonNull(api, "api");
      Objects.requireNonNull(listings, "listings");
      Objects.requireNonNull(items, "items");
      Objects.requireNonNull(refetchKeys, "refetchKeys");
    }
  }

  /// A record that needs a call of its own.
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  static final class Item {

    static final Comparator<Item> LEAST_RECENTLY_READ =
        Comparator.comparingLong(item -> item.readAt);

    private static final long DAY = 86_400;

    /// An attempt up to an hour early still counts as the next day's.
    private static final long EARLY = 3_600;

    private static final int MAX_DOUBLINGS = 5;

    @JsonProperty("w")
    private @Nullable String wanted;

    @JsonProperty("r")
    private @Nullable String fetched;

    @JsonProperty("h")
    private @Nullable String hash;

    @JsonProperty("t")
    private long readAt;

    @JsonProperty("f")
    private int failures;

    void request(String refetchKey) {
      if (!refetchKey.equals(wanted)) {
        wanted = refetchKey;
        failures = 0;
      }
    }

    /// The refetch key it should be read for; null if none was requested.
    @Nullable String wanted() {
      return wanted;
    }

    /// Whether it should be read now. After a failure it is tried again after a day, then after
    /// two, four and so on.
    boolean isDue(long now) {
      return wanted != null && !wanted.equals(fetched) && now >= notBefore();
    }

    private long notBefore() {
      return failures == 0
          ? Long.MIN_VALUE
          : readAt + (DAY << Math.min(failures - 1, MAX_DOUBLINGS)) - EARLY;
    }

    /// Whether it is up to date, and was last read before this moment.
    boolean isSettledBefore(long moment) {
      return wanted != null
          && wanted.equals(fetched)
          && !wanted.equals(RefetchKey.NONE)
          && readAt < moment;
    }

    /// The hash of its content in the lake; null if it has none there.
    @Nullable String hash() {
      return hash;
    }

    /// Records that it was read for the current refetch key.
    void readAs(@Nullable String newHash, long when) {
      fetched = wanted;
      hash = newHash;
      readAt = when;
      failures = 0;
    }

    /// Records that it could not be read.
    void failed(long when) {
      readAt = when;
      failures++;
    }
  }
}
