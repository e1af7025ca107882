package dev.paceline.extract;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Given;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Progress;
import dev.paceline.cli.Settings;
import dev.paceline.cli.SourcesOption;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.source.SourceFolder;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.forecast.Forecast;
import dev.paceline.extract.forecast.ForecastFormatter;
import dev.paceline.extract.forecast.ForecastResult;
import dev.paceline.extract.forecast.Schedule;
import dev.paceline.extract.http.Budget;
import dev.paceline.extract.sync.ApplicationState;
import dev.paceline.extract.sync.ForecastAccount;
import dev.paceline.extract.sync.LakeApplicationStore;
import dev.paceline.extract.sync.OnLimit;
import dev.paceline.extract.sync.Plan;
import dev.paceline.extract.sync.Run.Choices;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what the next runs cost, from the lake's state.
@Command(
    name = "plan",
    description = {
      "Says what the next runs cost and when each account will be complete, without a call.",
      "Takes from the lake what is known of each account and of the budget, and plays the next runs",
      "through: which calls they make, when they end, what is left. If the source does not change, the",
      "runs make exactly these calls. Needs the client id, which names the budget, but no token, no secret and no network but the lake's; writes",
      "nothing, and does not wait for a run in progress."
    },
    footer = {
      "",
      "Examples:",
      "  extract plan strava --lake file:///data/lake --account anna",
      "  extract plan strava --lake file:///data/lake --activities 2000 --on-limit window",
      "  extract plan strava --runs 1                # what does tonight's run cost?"
    })
final class PlanCommand extends ExtractCommand {

  private static final int MOST_ACTIVITIES = 1_000_000;

  private final Environment environment;
  private final Pause pause;

  @Parameters(paramLabel = "SOURCE", description = "Whose runs to forecast, e.g. strava.")
  String source = "";

  @Mixin SourcesOption sources = new SourcesOption();

  @Mixin LakeOption lake = new LakeOption();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description =
          "An account of the runs; may be given several times. PACELINE_<SOURCE>_ACCOUNTS")
  List<String> accounts = List.of();

  @Option(
      names = "--activities",
      paramLabel = "N",
      description =
          "How many activities, or what else the source's main listing has, to assume for each"
              + " account that was never listed to the end; required for those, and if there is no"
              + " lake yet. Each has a time of its own, and one record of each stream that is read.")
  @Nullable Integer activities;

  @Option(
      names = "--streams",
      paramLabel = "LIST",
      description = "The streams that the runs read, as for sync. PACELINE_<SOURCE>_STREAMS")
  @Nullable String streams;

  @Option(
      names = "--on-limit",
      paramLabel = "stop|window|wait",
      description =
          "What the runs do when the call budget is spent, as for sync: stop (default), window as"
              + " Airflow's do, or wait. PACELINE_<SOURCE>_ON_LIMIT")
  @Nullable String onLimit;

  @Option(
      names = "--verify-calls",
      paramLabel = "N",
      description =
          "How many records per account each run reads again; 50 if not given."
              + " PACELINE_<SOURCE>_VERIFY_CALLS")
  @Nullable Integer verifyCalls;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "How many runs to forecast; if not given, until all accounts are complete, at most 60.")
  @Nullable Integer runs;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      description =
          "From the beginning of a run to that of the next, e.g. PT15M; P1D if not given.")
  Duration every = Duration.ofDays(1);

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When the first run begins by the source's clock, e.g. 2027-01-31T05:00:00Z; now if not"
              + " given.")
  @Nullable Instant at;

  PlanCommand(Environment environment, Pause pause) {
    super("plan");
    this.environment = environment;
    this.pause = pause;
  }

  @Override
  public Integer call() {
    report().put("source", source);
    ApiDescription description = ApiDescription.read(SourceFolder.open(source, sources.own()));
    SourceSettings settings = new SourceSettings(description, Settings.read(environment));
    List<String> names = settings.accounts(accounts);
    Plan plan = Plan.of(description, settings.streams(streams));
    OnLimit limitPolicy = settings.onLimit(onLimit);
    Choices choices = new Choices(false, settings.verifyCalls(verifyCalls));
    OptionalInt runCount =
        Stream.ofNullable(number("--runs", runs, 1, Schedule.MOST_RUNS))
            .mapToInt(Integer::intValue)
            .findFirst();
    Optional<Integer> supposed =
        Optional.ofNullable(number("--activities", activities, 0, MOST_ACTIVITIES));
    try (ObjectStore store = lake.open(uri -> Stores.open(uri, environment.variables()));
        Progress hidden = Progress.hidden()) {
      Optional<ObjectStore> existing = Lake.find(store).map(Lake::store);
      if (existing.isEmpty() && supposed.isEmpty()) {
        throw missing(store);
      }
      ApplicationState application =
          existing
              .map(found ->
                  new LakeApplicationStore(
                          found,
                          source,
                          AuthenticationSetup.applicationId(description, settings),
                          pause)
                      .state())
              .orElse(ApplicationState.EMPTY);
      Instant begin = begin(application);
      List<ForecastAccount> all =
          names.stream()
              .map(name -> ForecastAccount.read(existing, plan, name, begin, supposed))
              .toList();
      ensureSized(all);
      Forecast forecast = new Forecast(plan, all, choices, limitPolicy, application, hidden);
      return finish(forecast.over(new Schedule(begin, every, runCount)));
    }
  }

  private int finish(ForecastResult result) {
    report()
        .put("total", result.runs().stream().mapToLong(run -> run.total()).sum())
        .put("accounts", result.accounts())
        .put("budget", result.budget())
        .put("assumptions", result.suppositions())
        .put("calls", result.calls())
        .put("runs", result.runs());
    report().ended(result.exit());
    summarize(ForecastFormatter.format(result));
    return result.exit().code();
  }

  /// Now. The source's clock is unknown without a call, but it is not behind what the last run has
  /// seen of it.
  private Instant begin(ApplicationState application) {
    if (at != null) {
      return at.truncatedTo(ChronoUnit.SECONDS);
    }
    Instant host = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    return application.windows().stream()
        .map(Budget.Window::reportedAt)
        .filter(host::isBefore)
        .max(Instant::compareTo)
        .orElse(host);
  }

  private void ensureSized(List<ForecastAccount> all) {
    List<String> unknown =
        all.stream().filter(account -> !account.isSized()).map(ForecastAccount::name).toList();
    if (!unknown.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          doing(),
          "never listed to the end, so the number of records is not known: %s"
              .formatted(String.join(", ", unknown)),
          "give --activities N, roughly");
    }
  }

  private Failure missing(ObjectStore store) {
    return new Failure(
        Exit.CONFIGURATION,
        doing(),
        "there is no lake at %s, because it has no lake.json".formatted(store.address("")),
        "correct --lake; or forecast the first import with --activities N, roughly");
  }

  private @Nullable Integer number(String option, @Nullable Integer given, int least, int most) {
    if (given != null && (given < least || given > most)) {
      throw Given.flag(option, given.toString())
          .refused(
              doing(),
              "is %d".formatted(given),
              "give a number from %d to %d".formatted(least, most));
    }
    return given;
  }

  private String doing() {
    return "Forecasting the runs of " + source;
  }
}
