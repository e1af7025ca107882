package dev.paceline.extract;

import dev.paceline.cli.DurationText;
import dev.paceline.cli.Environment;
import dev.paceline.cli.LakeOption;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Sleeper;
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
import dev.paceline.extract.sync.LakeApplicationStore;
import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Checks whether each account's token works, and what is left of the call budget.
@Command(
    name = "check",
    description = {
      "Checks each account's token, and shows what is left of the call budget.",
      "Shows where the token is kept and which scopes it was granted, and makes one call per account",
      "to see whether the source accepts it. Renews a token as a sync would. If the lake is given,",
      "makes no call beyond the budget that the last sync left."
    },
    footer = {
      "",
      "Examples:",
      "  extract check strava",
      "  extract check strava --account anna --offline"
    })
final class CheckCommand extends ExtractCommand {

  private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);

  private final Environment environment;
  private final RetryPolicy retries;
  private final Pause pause;
  private final Sleeper sleeper;

  @Mixin ApiOptions api = new ApiOptions();

  @Mixin LakeOption lake = new LakeOption();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "The account to check; may be given several times. PACELINE_<SOURCE>_ACCOUNTS")
  List<String> accounts = List.of();

  @Option(names = "--offline", description = "Make no call: look only at what is stored.")
  boolean offline;

  CheckCommand(Environment environment, RetryPolicy retries, Pause pause, Sleeper sleeper) {
    super("check");
    this.environment = environment;
    this.retries = retries;
    this.pause = pause;
    this.sleeper = sleeper;
  }

  @Override
  public Integer call() {
    report().put("source", api.source);
    ApiDescription description = api.read();
    Settings read = Settings.read(environment);
    SourceSettings settings = new SourceSettings(description, read);
    List<String> names = settings.accounts(accounts);
    AuthenticationSetup authentication =
        AuthenticationSetup.of(description, settings, api.oauthUrl, api.tokens(), sleeper);
    URI base = settings.apiUrl(api.apiUrl);
    ApiClock clock = new ApiClock(Clock.systemUTC());
    Budget budget = new Budget(description.rateLimits());
    restore(budget, authentication.applicationId());
    RateGate gate = new RateGate(budget, clock);
    List<CheckResult> results = new ArrayList<>();
    try (HttpTransport transport = HttpTransport.open(environment, read, retries, pause, clock)) {
      if (!offline) {
        settings
            .clockUrl(api.oauthUrl)
            .ifPresent(transport::syncClock); // to know which windows have ended
      }
      for (String name : names) {
        AccountRef account = new AccountRef(description.source(), name);
        Optional<RequestAuthenticator> requestAuthenticator =
            authentication.factory().create(name, transport, clock);
        ApiClient client =
            new ApiClient(transport, base, description.errors(), gate, requestAuthenticator);
        Optional<Supplier<TokenState>> tokenState =
            authentication
                .application()
                .map(application ->
                    () ->
                        TokenState.of(
                            account,
                            application.tokens(),
                            clock.now(),
                            application.refreshMargin()));
        results.add(
            new AccountCheck(
                    description,
                    account,
                    tokenState,
                    offline ? Optional.empty() : Optional.of(client))
                .run());
      }
    }
    return finish(results, BudgetReport.of(budget, clock.now()));
  }

  /// Restores the budget that the last run left in the lake. If it is unknown, a call may exceed
  /// the limit, but the tokens can still be checked: even before the first run, which creates the
  /// lake.
  private void restore(Budget budget, String applicationId) {
    if (!lake.isGiven()) {
      return;
    }
    try (ObjectStore store = lake.open(uri -> Stores.open(uri, environment.variables()))) {
      ObjectStore opened = Lake.open(store).store();
      budget.merge(
          new LakeApplicationStore(opened, api.source, applicationId, pause).state().windows());
    } catch (Failure unreadable) {
      if (unreadable.exit() == Exit.USAGE) {
        throw unreadable;
      }
      LOG.warn("The budget that the last run left is unknown: {}", unreadable.getMessage());
    }
  }

  private int finish(List<CheckResult> results, List<BudgetReport> windows) {
    Exit exit = Exit.mostSevere(results.stream().map(CheckResult::exit).toList());
    results.stream()
        .flatMap(account -> Optional.ofNullable(account.resumeAt()).stream())
        .max(Comparator.naturalOrder())
        .ifPresent(at -> report().put("resume_at", at));
    report().put("accounts", results).put("budget", windows).ended(exit);
    summarize(
        Stream.concat(
                results.stream().map(CheckResult::lines),
                windows.stream()
                    .map(window ->
                        "budget %s, per %s: %,d of %,d calls left until %s"
                            .formatted(
                                window.limit(),
                                DurationText.of(window.window()),
                                window.left(),
                                window.most(),
                                window.resetsAt())))
            .collect(Collectors.joining("\n")));
    return exit.code();
  }
}
