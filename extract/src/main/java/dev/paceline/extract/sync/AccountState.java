package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.lake.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What is known of an account's source: whose it is, the existing records of each listing, and for
/// each record that needs a call of its own, the refetch key it was read for and the one it should
/// be read for. If they differ, the record is in the queue. The state may lag the log but never
/// lead it, and can be rebuilt from it, except for some of what only forecasts use. It takes about
/// half a kilobyte of memory per activity.
final class AccountState {

  private static final int VERSION = 3;

  private final String api;
  private final Map<String, ListingState> listings;
  private final Map<String, Map<String, ItemState>> items;
  private final Map<String, String> refetchKeys;
  private final Set<String> denied;
  private Set<String> scopes;
  private @Nullable String identity;
  private @Nullable Boolean vouched;
  private long commit;

  private AccountState(Stored stored) {
    this.api = stored.api;
    this.commit = stored.commit;
    this.identity = stored.identity;
    this.vouched = stored.vouched;
    this.scopes = new TreeSet<>(stored.scopes);
    this.denied = new TreeSet<>(stored.denied);
    this.listings = new TreeMap<>(stored.listings);
    this.items = new TreeMap<>(stored.items);
    this.refetchKeys = new TreeMap<>(stored.refetchKeys);
  }

  /// @param api the version of api.yaml that its refetch keys are based on
  static AccountState empty(String api) {
    return new AccountState(
        new Stored(VERSION, api, 0, null, null, Set.of(), Set.of(), Map.of(), Map.of(), Map.of()));
  }

  /// The number of the last commit that the state includes.
  long commit() {
    return commit;
  }

  void advanceTo(long number) {
    commit = number;
  }

  /// The key of the record that identifies the account, as committed; empty before that.
  Optional<String> identity() {
    return Optional.ofNullable(identity);
  }

  void identifiedBy(String key) {
    identity = key;
  }

  /// Whether the token of the last run was known to be the account's, so that no call was needed to
  /// find out; empty if there was no run. Only forecasts use it.
  Optional<Boolean> vouched() {
    return Optional.ofNullable(vouched);
  }

  void vouched(boolean isIdentityKnown) {
    vouched = isIdentityKnown;
  }

  /// Notes streams of which no record could be read, because the token lacks a scope. Only
  /// forecasts ask: a run tries again, with its token.
  void deny(Set<String> streams) {
    denied.addAll(streams);
  }

  /// Notes that a record of a stream could be read.
  void allow(String stream) {
    denied.remove(stream);
  }

  boolean isDenied(String stream) {
    return denied.contains(stream);
  }

  /// The scopes that the token was granted at the last run; empty if unknown.
  Optional<Set<String>> scopes() {
    return scopes.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(scopes));
  }

  /// Notes the scopes that the token was granted. A record that was denied is tried again at once
  /// if it has more than before.
  void granted(Set<String> granted) {
    boolean hasMore = !scopes.isEmpty() && !scopes.containsAll(granted);
    if (hasMore) {
      items.values().forEach(ofStream -> ofStream.values().forEach(ItemState::retryIfDenied));
    }
    scopes = new TreeSet<>(granted);
  }

  ListingState listing(String stream) {
    return listings.computeIfAbsent(stream, any -> new ListingState());
  }

  /// What is known of a record that needs a call of its own.
  ItemState item(String stream, String key) {
    return items(stream).computeIfAbsent(key, any -> new ItemState());
  }

  Map<String, ItemState> items(String stream) {
    return items.computeIfAbsent(stream, any -> new TreeMap<>());
  }

  /// Whether any record of a stream was read by a call of its own.
  boolean hasRead(String stream) {
    return items(stream).values().stream().anyMatch(item -> item.hash() != null);
  }

  /// The refetch key of a stream whose ids are found in other records; null before its parent is
  /// known.
  @Nullable String refetchKey(String stream) {
    return refetchKeys.get(stream);
  }

  /// Requests all records of a stream that some record names under this refetch key.
  void refetchAll(String stream, String refetchKey) {
    refetchKeys.put(stream, refetchKey);
    items(stream).values().stream()
        .filter(ItemState::isNamed)
        .forEach(item -> item.request(refetchKey));
  }

  /// The time of a listed record, in epoch seconds; the maximum if it has no time, like an athlete.
  long time(String listing, String key) {
    ListingState.Listed listed = listing(listing).records().get(key);
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
      Json.MAPPER.writeValue(
          out,
          new Stored(
              VERSION,
              api,
              commit,
              identity,
              vouched,
              scopes,
              denied,
              listings,
              items,
              refetchKeys));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private record Stored(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) String api,
      @JsonProperty(required = true) long commit,
      @Nullable String identity,
      @Nullable Boolean vouched,
      @JsonProperty(required = true) Set<String> scopes,
      @JsonProperty(required = true) Set<String> denied,
      @JsonProperty(required = true) Map<String, ListingState> listings,
      @JsonProperty(required = true) Map<String, Map<String, ItemState>> items,
      @JsonProperty(required = true) Map<String, String> refetchKeys) {

    Stored {
      Objects.requireNonNull(api, "api");
      Objects.requireNonNull(scopes, "scopes");
      Objects.requireNonNull(denied, "denied");
      Objects.requireNonNull(listings, "listings");
      Objects.requireNonNull(items, "items");
      Objects.requireNonNull(refetchKeys, "refetchKeys");
    }
  }
}
