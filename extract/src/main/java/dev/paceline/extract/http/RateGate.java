package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every call of an application passes, whichever account it is for: its budget, and its
/// standing with the source.
public final class RateGate {

  private final Budget budget;
  private final ApiClock clock;
  private @Nullable Failure refusal;

  public RateGate(Budget budget, ApiClock clock) {
    this.budget = budget;
    this.clock = clock;
  }

  /// Asked before each try of a call: throws where the budget is spent (exit 75), or where the
  /// source has refused the application (exit 77).
  void ensureOpen(String doing) {
    if (refusal != null) {
      throw refusal;
    }
    Optional<Instant> spent = budget.spentUntil(clock.now());
    if (spent.isPresent()) {
      throw spent(doing, "the source's budget of calls is spent", spent.get());
    }
  }

  /// Told each answer.
  void observe(Map<String, String> headers, Instant date) {
    budget.observe(headers, date);
  }

  /// A call beyond the budget was refused (429).
  Failure spent(String doing, String what) {
    return spent(doing, what, budget.resumeAfterRefusal(clock.now()));
  }

  /// The source serves no account of this application any more; answers the failure.
  Failure close(Failure application) {
    refusal = application;
    return application;
  }

  private static Failure spent(String doing, String what, Instant resume) {
    return Failure.tryAgain(
        doing, what, "run the same command again from %s on".formatted(resume), resume);
  }
}
