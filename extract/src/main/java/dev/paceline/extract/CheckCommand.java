package dev.paceline.extract;

import dev.paceline.cli.DurationText;
import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Reporting;
import dev.paceline.cli.RunOptions;
import dev.paceline.cli.Settings;
import dev.paceline.cli.Version;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.check.AccountCheck;
import dev.paceline.extract.check.CheckResult;
import dev.paceline.extract.check.TokenState;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Budget;
import dev.paceline.extract.http.BudgetReport;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RateGate;
import dev.paceline.extract.http.RequestAuthenticator;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.http.Sleeper;
import dev.paceline.extract.sync.ApplicationState;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells what each account's token is worth, and what is left of the budget.
@Command(
    name = "check",
    description = {
      "Tells what each account's token is worth, and what is left of the budget.",
      "That is where the token is, what it was granted, and, by one call an account, whether the",
      "source takes it. Renews a token as a sync would. Where the lake is given, no call goes beyond",
      "the budget that the last sync left."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  extract check strava",
      "  extract check strava --account anna --offline"
    })
final class CheckCommand implements Callable<Integer>, Reporting {

  private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);

  private final Environment environment;
  private final RetryPolicy retries;
  private final Sleeper sleeper;
  private final Report report = new Report("extract", "check");
  private String summary = "";

  @Mixin ApiOptions api = new ApiOptions();

  @Mixin LakeOption lake = new LakeOption();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Whose token; may be given several times. PACELINE_<SOURCE>_ACCOUNTS")
  List<String> accounts = List.of();

  @Option(names = "--offline", description = "Call nobody: only look at what is stored.")
  boolean offline;

  @Mixin RunOptions options = new RunOptions();

  CheckCommand(Environment environment, RetryPolicy retries, Sleeper sleeper) {
    this.environment = environment;
    this.retries = retries;
    this.sleeper = sleeper;
  }

  @Override
  public Integer call() {
    report.put("source", api.source);
    ApiDescription description = api.read();
    Settings read = Settings.read(environment);
    SourceSettings settings = new SourceSettings(description, read);
    List<String> whose = settings.accounts(accounts);
    Authenticator authenticator =
        Authenticator.of(description, settings, api.oauthUrl, api.tokens, sleeper);
    URI base = settings.apiUrl(api.apiUrl);
    ApiClock clock = new ApiClock(Clock.systemUTC());
    Budget budget = new Budget(description.rateLimits());
    restore(budget, authenticator.applicationId());
    RateGate gate = new RateGate(budget, clock);
    List<CheckResult> checked = new ArrayList<>();
    try (HttpTransport transport = HttpTransport.open(environment, read, retries, clock)) {
      if (!offline) {
        settings.clockUrl(api.oauthUrl).ifPresent(transport::syncClock); // which windows are over
      }
      for (String account : whose) {
        AccountRef owner = new AccountRef(description.source(), account);
        Optional<RequestAuthenticator> requestAuthenticator =
            authenticator.forAccount().of(account, transport, clock);
        ApiClient client =
            new ApiClient(transport, base, description.errors(), gate, requestAuthenticator);
        Optional<Supplier<TokenState>> looks =
            authenticator
                .application()
                .map(known ->
                    () -> TokenState.of(owner, known.tokens(), clock.now(), known.refreshMargin()));
        checked.add(
            new AccountCheck(
                    description, owner, looks, offline ? Optional.empty() : Optional.of(client))
                .run());
      }
    }
    return tell(checked, BudgetReport.of(budget, clock.now()));
  }

  /// Begins with the budget that the last run left in the lake. Where it is not known a call may be
  /// one too many; the tokens can be told of all the same.
  private void restore(Budget budget, String applicationId) {
    if (!lake.isGiven()) {
      return;
    }
    try (ObjectStore store = Stores.open(lake.uri(), environment.variables())) {
      budget.restore(ApplicationState.open(store, api.source, applicationId).windows());
    } catch (Failure away) {
      if (away.exit() == Exit.USAGE) {
        throw away;
      }
      LOG.warn("The budget that the last run left is not known: {}", away.getMessage());
    }
  }

  private int tell(List<CheckResult> checked, List<BudgetReport> windows) {
    Exit exit = Exit.gravest(checked.stream().map(CheckResult::exit).toList());
    checked.stream()
        .flatMap(account -> Optional.ofNullable(account.resumeAt()).stream())
        .max(Comparator.naturalOrder())
        .ifPresent(at -> report.put("resume_at", at));
    report.put("accounts", checked).put("budget", windows).ended(exit);
    summary =
        Stream.concat(
                checked.stream().map(CheckResult::lines),
                windows.stream()
                    .map(window ->
                        "budget %s, for each %s: %,d of %,d calls left until %s"
                            .formatted(
                                window.limit(),
                                DurationText.of(window.window()),
                                window.left(),
                                window.most(),
                                window.resetsAt())))
            .collect(Collectors.joining("\n"));
    return exit.code();
  }

  @Override
  public Report report() {
    return report;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public RunOptions options() {
    return options;
  }
}
