package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.Budget;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an application's accounts share from run to run: the last reported budget, the account
/// whose turn it is, and whether a day's run is unfinished. Losing it costs a call or two.
public final class ApplicationState {

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationState.class);

  private final ObjectStore store;
  private final String key;
  private @Nullable String etag;
  private Stored known;

  private ApplicationState(ObjectStore store, String key, @Nullable String etag, Stored known) {
    this.store = store;
    this.key = key;
    this.etag = etag;
    this.known = known;
  }

  /// Reads the state that an application's last run left.
  ///
  /// @param application its client id
  public static ApplicationState open(ObjectStore store, String source, String application) {
    String key = LakeLayout.applicationState(source, application);
    Optional<StoredObject> stored = store.read(key);
    return new ApplicationState(
        store,
        key,
        stored.map(StoredObject::etag).orElse(null),
        stored.flatMap(there -> parse(there, key)).orElse(Stored.NOTHING));
  }

  private static Optional<Stored> parse(StoredObject stored, String key) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(stored.body(), Stored.class));
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be used ({}); starting with an empty state.", key, unreadable.toString());
      return Optional.empty();
    }
  }

  /// The budget's windows as last reported.
  public List<Budget.Window> windows() {
    return known.windows;
  }

  /// The day whose run was ended early, by the budget or a kill; empty if the last run finished.
  Optional<LocalDate> unfinished() {
    return Optional.ofNullable(known.unfinished);
  }

  /// The account that comes first; empty if none was noted.
  Optional<String> turn() {
    return Optional.ofNullable(known.turn);
  }

  /// Stores the state.
  ///
  /// @param unfinished the day of the run until it has finished, then null
  /// @param turn the account that comes first next time; null for the first one named
  void store(Budget budget, @Nullable LocalDate unfinished, @Nullable String turn) {
    known = new Stored(budget.windows(), unfinished, turn);
    byte[] body = Json.bytes(known);
    try {
      Put put = etag == null ? store.putIfAbsent(key, body) : store.putIfMatch(key, body, etag);
      if (put instanceof Put.Stored(String next)) {
        etag = next;
      } else {
        // The other writer has lost the lock that we hold, and its budget is older.
        etag = store.read(key).map(StoredObject::etag).orElse(null);
        LOG.warn("{} was written by another run; the next commit replaces it.", key);
      }
    } catch (Failure unwritable) {
      LOG.warn(
          "The budget could not be stored in the lake, the run continues: {}",
          unwritable.getMessage());
    }
  }

  private record Stored(
      List<Budget.Window> windows, @Nullable LocalDate unfinished, @Nullable String turn) {
    static final Stored NOTHING = new Stored(List.of(), null, null);

    Stored {
      windows = List.copyOf(windows);
    }
  }
}
