package dev.paceline.extract.http;

import dev.paceline.extract.api.ErrorRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the calls of one account's forecast: each spends budget and is counted, and nothing is
/// sent.
public final class SimulatedClient {

  private static final int OK = 200;
  private static final int NO_RESPONSE = 0;

  private final RateGate gate;
  private final SimulatedSource source;
  private final List<ErrorRule> rules;
  private final Map<String, Long> calls = new TreeMap<>();

  /// A client for one account.
  ///
  /// @param rules the meaning of errors that their status alone does not show
  public SimulatedClient(RateGate gate, SimulatedSource source, List<ErrorRule> rules) {
    this.gate = gate;
    this.source = source;
    this.rules = rules;
  }

  /// Makes a call; returns the time of its response.
  ///
  /// @throws dev.paceline.cli.failure.Failure if the budget is spent (exit 75)
  public Instant call(String endpoint) {
    gate.ensureOpen("Calling GET " + endpoint);
    calls.merge(endpoint, 1L, Long::sum);
    return source.respond();
  }

  /// Makes a call that fails with this status again, however often it is tried; returns the time of
  /// the last response.
  ///
  /// @param status 0 if no usable response came
  /// @param calls how many it took; 0 if only the status is known
  public Instant callInVain(String endpoint, int status, long calls) {
    Instant at = call(endpoint);
    for (int attempt = 2; attempt <= (calls > 0 ? calls : attempts(status)); attempt++) {
      at = call(endpoint);
    }
    return at;
  }

  private int attempts(int status) {
    if (status == OK) {
      return 1;
    }
    if (status == NO_RESPONSE) {
      return RetryPolicy.MAX_ATTEMPTS;
    }
    return switch (ResponseKind.of(status, rule(status))) {
      case TRANSIENT -> RetryPolicy.MAX_ATTEMPTS;
      case UNAUTHORIZED -> 2; // by a token that works for other calls
      default -> 1;
    };
  }

  private Optional<ErrorRule> rule(int status) {
    return rules.stream().filter(rule -> rule.matches(status, "")).findFirst();
  }

  /// The number of calls so far, by endpoint.
  public Map<String, Long> calls() {
    return calls;
  }
}
