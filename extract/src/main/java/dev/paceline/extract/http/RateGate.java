package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks every call of an application before it is made, whichever account it is for: whether
/// budget is left, and whether the source still accepts the application.
public final class RateGate {

  private final Budget budget;
  private final ApiClock clock;
  private @Nullable Failure refusal;

  public RateGate(Budget budget, ApiClock clock) {
    this.budget = budget;
    this.clock = clock;
  }

  /// Checked before each attempt: throws if the budget is spent (exit 75), or if the source has
  /// refused the application (exit 77).
  void ensureOpen(String doing) {
    if (refusal != null) {
      throw refusal;
    }
    Optional<Instant> spent = budget.spentUntil(clock.now());
    if (spent.isPresent()) {
      throw spent(doing, "the source's call budget is spent", spent.get());
    }
  }

  /// Records the rate limit headers of a response.
  void observe(Map<String, String> headers, Instant date) {
    budget.observe(headers, date);
  }

  /// The failure of a call that was refused for exceeding the budget (429).
  Failure spent(String doing, String what) {
    return spent(doing, what, budget.resumeAfterRefusal(clock.now()));
  }

  /// Fails all further calls, because the source no longer serves any account of this application.
  /// Returns the failure.
  Failure close(Failure failure) {
    refusal = failure;
    return failure;
  }

  private static Failure spent(String doing, String what, Instant resume) {
    return Failure.tryAgain(
        doing, what, "run the same command again at %s or later".formatted(resume), resume);
  }
}
