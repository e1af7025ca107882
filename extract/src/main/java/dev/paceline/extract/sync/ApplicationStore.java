package dev.paceline.extract.sync;

import dev.paceline.extract.http.Budget;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Keeps an application's state from run to run.
public interface ApplicationStore {

  /// The state that the last run left, or that this one has stored.
  ApplicationState state();

  /// Stores the state. What other runs of the application have observed of the budget meanwhile is
  /// added to it.
  ///
  /// @param unfinished the day of the run until it has finished, then null
  /// @param turn the account that comes first next time; null for the first one named
  void store(Budget budget, @Nullable LocalDate unfinished, @Nullable String turn);
}
