package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import dev.paceline.extract.http.Budget;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps an application's state in the lake, by compare-and-swap: runs over different accounts of
/// the application may be active at the same time, and share its budget.
public final class LakeApplicationStore implements ApplicationStore {

  private static final Logger LOG = LoggerFactory.getLogger(LakeApplicationStore.class);

  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final Retries retries;
  private final String key;
  private @Nullable String etag;
  private ApplicationState known = ApplicationState.EMPTY;

  /// Reads the state that the last run left.
  ///
  /// @param application its client id
  /// @param pause between two attempts to store it
  public LakeApplicationStore(ObjectStore store, String source, String application, Pause pause) {
    this.store = store;
    this.retries = Retries.doubling(ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE, pause);
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
      boolean stored = retries.until(done -> done, () -> tryToStore(budget, unfinished, turn));
      if (!stored) {
        LOG.warn(
            "Other runs write {} at the same time; this run continues without storing it.", key);
      }
    } catch (Failure unwritable) {
      LOG.warn(
          "The budget could not be stored in the lake, the run continues: {}",
          unwritable.getMessage());
    }
  }

  /// Returns false if another run has written since, and adds what it has observed.
  private boolean tryToStore(Budget budget, @Nullable LocalDate unfinished, @Nullable String turn) {
    ApplicationState state = new ApplicationState(budget.windows(), unfinished, turn);
    byte[] body = Json.bytes(state);
    Put put = etag == null ? store.putIfAbsent(key, body) : store.putIfMatch(key, body, etag);
    if (put instanceof Put.Stored(String next)) {
      etag = next;
      known = state;
      return true;
    }
    read();
    budget.merge(known.windows());
    return false;
  }
}
