package dev.paceline.extract.forecast;

import dev.paceline.cli.Progress;
import dev.paceline.cli.failure.Exit;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Budget;
import dev.paceline.extract.http.RateGate;
import dev.paceline.extract.http.SimulatedClient;
import dev.paceline.extract.http.SimulatedSource;
import dev.paceline.extract.http.SimulatedSource.UsedWindow;
import dev.paceline.extract.sync.AccountReport;
import dev.paceline.extract.sync.AccountWork;
import dev.paceline.extract.sync.Allowance;
import dev.paceline.extract.sync.ApplicationState;
import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.ForecastAccount;
import dev.paceline.extract.sync.OnLimit;
import dev.paceline.extract.sync.Plan;
import dev.paceline.extract.sync.Run;
import dev.paceline.extract.sync.Run.Choices;
import dev.paceline.extract.sync.RunDate;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.extract.sync.Sync;
import dev.paceline.extract.sync.SyncOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Forecasts the next runs over an application's accounts: takes the steps that they will take, by
/// the same code, on copies of the accounts' states and of the budget. If the source does not
/// change, the runs make exactly these calls.
public final class Forecast {

  private final Plan plan;
  private final Map<String, ForecastAccount> accounts = new LinkedHashMap<>();
  private final Choices choices;
  private final OnLimit onLimit;
  private final Progress progress;
  private final MemoryApplicationStore application;
  private final Set<UsedWindow> usedWindows = new HashSet<>();
  private final Set<String> reportedLimits;
  private final Map<String, AccountForecast> forecasts = new LinkedHashMap<>();

  /// A forecast.
  ///
  /// @param application what the accounts share, as the last run left it
  /// @param progress shows nothing
  public Forecast(
      Plan plan,
      List<ForecastAccount> accounts,
      Choices choices,
      OnLimit onLimit,
      ApplicationState application,
      Progress progress) {
    this.plan = plan;
    this.choices = choices;
    this.onLimit = onLimit;
    this.progress = progress;
    this.application = new MemoryApplicationStore(application);
    this.reportedLimits =
        budget().windows().stream().map(Budget.Window::limit).collect(Collectors.toSet());
    for (ForecastAccount account : accounts) {
      this.accounts.put(account.name(), account);
      this.forecasts.put(account.name(), new AccountForecast(account.name(), null, 0, 0));
    }
  }

  /// Takes all runs of a schedule.
  public ForecastResult over(Schedule schedule) {
    List<RunForecast> runs = new ArrayList<>();
    Instant at = schedule.first();
    while (!schedule.isOver(runs.size(), isComplete())) {
      RunForecast run = run(at);
      runs.add(run);
      at = schedule.next(at, run.ends());
    }
    List<Budget.Window> windows = application.state().windows();
    return new ForecastResult(
        runs,
        List.copyOf(forecasts.values()),
        BudgetForecast.of(windows, usedWindows, reportedLimits),
        suppositions(windows));
  }

  private boolean isComplete() {
    return forecasts.values().stream().allMatch(each -> each.whenComplete().isPresent());
  }

  private Budget budget() {
    Budget budget = new Budget(api().rateLimits());
    budget.merge(application.state().windows());
    return budget;
  }

  private ApiDescription api() {
    return plan.api();
  }

  private RunForecast run(Instant at) {
    ApiClock clock = new ApiClock(Clock.fixed(at, ZoneOffset.UTC));
    Budget budget = budget();
    SimulatedSource source = new SimulatedSource(budget, clock, at, usedWindows);
    RateGate gate = new RateGate(budget, clock);
    Run run = new Run(plan, new RunDate(Optional.empty()), clock, new StopSignal(), choices);
    Function<String, AccountWork> work =
        name -> account(name).work(new SimulatedClient(gate, source, api().errors()), run);
    Allowance allowance = new Allowance(budget, clock, new ForecastWaiting(onLimit, source, clock));
    try (Sync sync =
        new Sync(
            run,
            List.copyOf(accounts.keySet()),
            work,
            allowance,
            application,
            CommitLimits.STANDARD,
            progress)) {
      SyncOutcome outcome = sync.run();
      outcome.accounts().forEach(this::note);
      return new RunForecast(at, clock.now(), outcome.exit(), outcome.calls(), calls(outcome));
    }
  }

  private ForecastAccount account(String name) {
    return Optional.ofNullable(accounts.get(name)).orElseThrow();
  }

  private static Map<String, Long> calls(SyncOutcome outcome) {
    Map<String, Long> calls = new TreeMap<>();
    for (AccountReport account : outcome.accounts()) {
      account.calls().forEach((endpoint, count) -> calls.merge(endpoint, count, Long::sum));
    }
    return calls;
  }

  /// Adds a run to the forecast of an account that is not yet complete.
  private void note(AccountReport report) {
    forecasts.computeIfPresent(
        report.account(),
        (name, before) -> {
          if (before.whenComplete().isPresent()) {
            return before;
          }
          boolean isComplete = report.exit() == Exit.DONE && report.queued() == null;
          long calls = report.calls().values().stream().mapToLong(Long::longValue).sum();
          return new AccountForecast(
              name,
              isComplete ? account(name).lastNeededAt().orElse(null) : null,
              before.runs() + 1,
              before.calls() + calls);
        });
  }

  private List<String> suppositions(List<Budget.Window> windows) {
    Stream<String> limits =
        windows.stream()
            .map(Budget.Window::limit)
            .filter(limit -> !reportedLimits.contains(limit))
            .distinct()
            .map(
                "the budget %s is the one that the source publishes, as no response has reported it yet"
                    ::formatted);
    Stream<String> unknown =
        api().rateLimits().isEmpty() || !windows.isEmpty()
            ? Stream.of()
            : Stream.of("the budget is unknown until the first run, and not counted");
    return Stream.of(
            limits,
            unknown,
            accounts.values().stream().map(ForecastAccount::suppositions).flatMap(List::stream))
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }
}
