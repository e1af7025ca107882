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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps an application's state in the lake, by compare-and-swap: runs over different accounts of
/// the application may be active at the same time, and share its budget.
public final class LakeApplicationStore implements ApplicationStore {

  private static final Logger LOG = LoggerFactory.getLogger(LakeApplicationStore.class);

  /// More runs of one application than this hardly write at the same time.
  private static final int MAX_ATTEMPTS = 10;

  private final ObjectStore store;
  private final String key;
  private @Nullable String etag;
  private ApplicationState known = ApplicationState.EMPTY;

  /// Reads the state that the last run left.
  ///
  /// @param application its client id
  public LakeApplicationStore(ObjectStore store, String source, String application) {
    this.store = store;
    this.key = LakeLayout.applicationState(source, application);
    read();
  }

  private void read() {
    Optional<StoredObject> stored = store.read(key);
    etag = stored.map(StoredObject::etag).orElse(null);
    known = stored.flatMap(this::parse).orElse(ApplicationState.EMPTY);
  }

  private Optional<ApplicationState> parse(StoredObject stored) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(stored.body(), ApplicationState.class));
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be used ({}); starting with an empty state.", key, unreadable.toString());
      return Optional.empty();
    }
  }

  @Override
  public ApplicationState state() {
    return known;
  }

  @Override
  public void store(Budget budget, @Nullable LocalDate unfinished, @Nullable String turn) {
    try {
      for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        ApplicationState state = new ApplicationState(budget.windows(), unfinished, turn);
        byte[] body = Json.bytes(state);
        Put put = etag == null ? store.putIfAbsent(key, body) : store.putIfMatch(key, body, etag);
        if (put instanceof Put.Stored(String next)) {
          etag = next;
          known = state;
          return;
        }
        read();
        budget.merge(known.windows());
      }
      LOG.warn("{} is written by too many other runs; this run continues without.", key);
    } catch (Failure unwritable) {
      LOG.warn(
          "The budget could not be stored in the lake, the run continues: {}",
          unwritable.getMessage());
    }
  }
}
