package dev.paceline.extract.forecast;

import dev.paceline.extract.http.Budget;
import dev.paceline.extract.http.SimulatedSource.UsedWindow;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A budget's windows of one length.
///
/// @param limit its name in api.yaml
/// @param most how many calls a window allows
/// @param windowsUsed in how many such windows calls are made
/// @param assumed whether no response has reported `most` yet: it is what the source publishes
public record BudgetForecast(
    String limit, Duration window, long most, long windowsUsed, boolean assumed) {

  /// The windows of all limits.
  ///
  /// @param reported the names of the limits that a response has reported
  static List<BudgetForecast> of(
      List<Budget.Window> windows, Set<UsedWindow> used, Set<String> reported) {
    return windows.stream()
        .map(window ->
            new BudgetForecast(
                window.limit(),
                window.length(),
                window.most(),
                used.stream().filter(each -> isOf(each, window)).count(),
                !reported.contains(window.limit())))
        .toList();
  }

  private static boolean isOf(UsedWindow used, Budget.Window window) {
    return used.limit().equals(window.limit()) && used.length().equals(window.length());
  }
}
