package dev.paceline.extract.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A window of the budget, for reports.
///
/// @param limit its name in api.yaml
/// @param most how many calls it allows
/// @param left how many calls are left
/// @param resetsAt when the next window begins
public record BudgetReport(String limit, Duration window, long most, long left, Instant resetsAt) {

  /// All windows at a moment; none if nothing has been reported yet.
  public static List<BudgetReport> of(Budget budget, Instant now) {
    return budget.windows().stream().map(window -> of(window, now)).toList();
  }

  private static BudgetReport of(Budget.Window window, Instant now) {
    return new BudgetReport(
        window.limit(), window.length(), window.most(), window.left(now), window.endAfter(now));
  }
}
