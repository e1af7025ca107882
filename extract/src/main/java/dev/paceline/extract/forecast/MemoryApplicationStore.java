package dev.paceline.extract.forecast;

import dev.paceline.extract.http.Budget;
import dev.paceline.extract.sync.ApplicationState;
import dev.paceline.extract.sync.ApplicationStore;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Keeps an application's state from one run of a forecast to the next, and nowhere else.
final class MemoryApplicationStore implements ApplicationStore {

  private ApplicationState state;

  MemoryApplicationStore(ApplicationState state) {
    this.state = state;
  }

  @Override
  public ApplicationState state() {
    return state;
  }

  @Override
  public void store(Budget budget, @Nullable LocalDate unfinished, @Nullable String turn) {
    state = new ApplicationState(budget.windows(), unfinished, turn);
  }
}
