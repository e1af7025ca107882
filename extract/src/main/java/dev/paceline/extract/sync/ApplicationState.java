package dev.paceline.extract.sync;

import dev.paceline.extract.http.Budget;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an application's accounts share from run to run. Losing it costs a call or two.
///
/// @param windows the budget's windows as last reported
/// @param unfinished the day whose run was ended early, by the budget or a kill; absent if the last
///   run finished
/// @param turn the account that comes first; absent if none was noted
public record ApplicationState(
    List<Budget.Window> windows, @Nullable LocalDate unfinished, @Nullable String turn) {

  public static final ApplicationState EMPTY = new ApplicationState(List.of(), null, null);

  public ApplicationState {
    windows = List.copyOf(windows);
  }

  Optional<LocalDate> unfinishedDay() {
    return Optional.ofNullable(unfinished);
  }

  Optional<String> turnOf() {
    return Optional.ofNullable(turn);
  }
}
