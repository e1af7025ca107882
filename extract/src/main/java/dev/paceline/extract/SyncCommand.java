package dev.paceline.extract;

import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Progress;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.RunId;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Sleeper;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Budget;
import dev.paceline.extract.http.BudgetReport;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RateGate;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.sync.AccountWork;
import dev.paceline.extract.sync.Allowance;
import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.LakeApplicationStore;
import dev.paceline.extract.sync.OnLimit;
import dev.paceline.extract.sync.Plan;
import dev.paceline.extract.sync.Run;
import dev.paceline.extract.sync.Run.Choices;
import dev.paceline.extract.sync.RunDate;
import dev.paceline.extract.sync.SourceWork;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.extract.sync.Sync;
import dev.paceline.extract.sync.SyncOutcome;
import dev.paceline.extract.sync.WaitPolicy;
import dev.paceline.lake.Lake;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.Orchestrator;
import dev.paceline.lake.log.Origin;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Brings the lake up to date with a source's API, for all of its accounts.
@Command(
    name = "sync",
    description = {
      "Lists what the source has, and commits what is new, changed or deleted to the lake.",
      "Running it again repeats nothing: it continues where the last run ended. The first run creates",
      "the lake."
    },
    footer = {
      "",
      "Examples:",
      "  extract sync strava --lake file:///data/lake --tokens file:///data/tokens --account anna",
      "  PACELINE_STRAVA_ACCOUNTS=anna,ben extract sync strava --lake s3://bucket/lake"
    })
final class SyncCommand extends ExtractCommand {

  private static final Logger LOG = LoggerFactory.getLogger(SyncCommand.class);

  private final Environment environment;
  private final StopSignal stop;
  private final RetryPolicy retries;
  private final Sleeper sleeper;
  private final CommitLimits limits;

  @Mixin ApiOptions api = new ApiOptions();

  @Mixin LakeOption lake = new LakeOption();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "The account to read; may be given several times. PACELINE_<SOURCE>_ACCOUNTS")
  List<String> accounts = List.of();

  @Option(
      names = "--ds",
      paramLabel = "DATE",
      description = "The run's logical date; today by the source's clock if not given.")
  @Nullable LocalDate ds;

  @Option(
      names = "--accept-shrink",
      description =
          "Accept a listing that lacks more than 20 records and more than 20%% of the known ones.")
  boolean acceptShrink;

  @Option(
      names = "--streams",
      paramLabel = "LIST",
      description =
          "The streams to read, e.g. activities,gear; or changes to the default, e.g."
              + " --streams=+kudos,-activity_streams. PACELINE_<SOURCE>_STREAMS")
  @Nullable String streams;

  @Option(
      names = "--on-limit",
      paramLabel = "stop|window|wait",
      description =
          "What to do, after a commit, when the call budget is spent: stop (default) reports when to"
              + " resume and exits 75; window waits for the next window if the spent one is at most an"
              + " hour long, and otherwise stops; wait waits in any case."
              + " PACELINE_<SOURCE>_ON_LIMIT")
  @Nullable String onLimit;

  @Option(
      names = "--verify-calls",
      paramLabel = "N",
      description =
          "How many records per account to read again, least recently read first, to find edits"
              + " that no listing shows; 50 if not given. PACELINE_<SOURCE>_VERIFY_CALLS")
  @Nullable Integer verifyCalls;

  SyncCommand(
      Environment environment,
      StopSignal stop,
      RetryPolicy retries,
      Sleeper sleeper,
      CommitLimits limits) {
    super("sync");
    this.environment = environment;
    this.stop = stop;
    this.retries = retries;
    this.sleeper = sleeper;
    this.limits = limits;
  }

  @Override
  public Integer call() {
    RunId id = RunId.create(Clock.systemUTC(), RandomGenerator.getDefault());
    report().put("run", id.value());
    ApiDescription description = api.read(report());
    Settings read = Settings.read(environment);
    SourceSettings settings = new SourceSettings(description, read);
    List<String> names = settings.accounts(accounts);
    URI base = settings.apiUrl(api.apiUrl);
    AuthenticationSetup authentication =
        AuthenticationSetup.of(description, settings, api.oauthUrl, api.tokens(), sleeper);
    Plan plan = Plan.of(description, settings.streams(streams));
    OnLimit limitPolicy = settings.onLimit(onLimit);
    Choices choices = new Choices(acceptShrink, settings.verifyCalls(verifyCalls));
    ApiClock clock = new ApiClock(Clock.systemUTC());
    Run run = new Run(plan, new RunDate(Optional.ofNullable(ds)), clock, stop, choices);
    Pause pause = new Pause(sleeper, stop::isRequested);
    try (ObjectStore store = lake.open(uri -> Stores.open(uri, environment.variables()));
        HttpTransport transport = HttpTransport.open(environment, read, retries, pause, clock);
        Progress progress = new Progress(environment)) {
      Lake.openOrCreate(store);
      settings.clockUrl(api.oauthUrl).ifPresent(transport::syncClock);
      LakeApplicationStore application =
          new LakeApplicationStore(store, api.source, authentication.applicationId(), pause);
      Budget budget = new Budget(description.rateLimits());
      budget.merge(application.state().windows());
      report().put("budget_before", BudgetReport.of(budget, clock.now()));
      RateGate gate = new RateGate(budget, clock);
      Function<String, AccountWork> work =
          account ->
              new SourceWork(
                  new Origin(
                      api.source, account, id.value(), orchestrator(), description.version()),
                  new ApiClient(
                      transport,
                      base,
                      description.errors(),
                      gate,
                      authentication.factory().create(account, transport, clock)),
                  run,
                  store);
      Allowance allowance =
          new Allowance(budget, clock, new WaitPolicy(limitPolicy, pause, clock, progress));
      try (Sync sync = new Sync(run, names, work, allowance, application, limits, progress)) {
        return finish(sync.run(), run, budget, id, store).code();
      }
    }
  }

  private @Nullable Orchestrator orchestrator() {
    return Orchestrator.from(environment.variables()).orElse(null);
  }

  private Exit finish(SyncOutcome result, Run run, Budget budget, RunId id, ObjectStore store) {
    Instant now = run.clock().now();
    LocalDate date = run.date().at(now);
    report()
        .put("budget_after", BudgetReport.of(budget, now))
        .put("ds", date)
        .put("commits", result.commits())
        .put("calls", result.calls())
        .put("accounts", result.accounts());
    result.resumeAt().ifPresent(at -> report().put("resume_at", at));
    report().ended(result.exit());
    summarize(String.join("\n", result.lines()));
    storeReport(store, LakeLayout.report(api.source, date, id.value(), "extract"));
    return result.exit();
  }

  private void storeReport(ObjectStore lake, String key) {
    try {
      lake.putIfAbsent(key, report().line().getBytes(StandardCharsets.UTF_8));
    } catch (Failure unwritable) {
      LOG.warn("The report could not be stored in the lake: {}", unwritable.getMessage());
    }
  }
}
