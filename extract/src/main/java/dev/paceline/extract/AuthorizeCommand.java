package dev.paceline.extract;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Reporting;
import dev.paceline.cli.RunOptions;
import dev.paceline.cli.Settings;
import dev.paceline.cli.Version;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication.Oauth2RefreshToken;
import dev.paceline.extract.api.MissingScopes;
import dev.paceline.extract.api.Scopes;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.auth.Token;
import dev.paceline.extract.authorize.Authorization;
import dev.paceline.extract.authorize.Authorization.Authorized;
import dev.paceline.extract.authorize.Browser;
import dev.paceline.extract.authorize.BrowserFlow;
import dev.paceline.extract.authorize.ConsentFlow;
import dev.paceline.extract.authorize.ManualFlow;
import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.HttpTransport;
import dev.paceline.extract.http.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives an account its first token, by its person's consent.
@Command(
    name = "authorize",
    description = {
      "Gives an account a token, by its person's consent in a browser.",
      "A token that is there is replaced where it is known to be bad, or with --force."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "The browser is opened by the command of PACELINE_BROWSER or BROWSER, else by the system's own.",
      "",
      "Examples:",
      "  extract authorize strava --account anna --tokens file:///data/tokens",
      "  extract authorize strava --account anna --no-browser      # over ssh"
    })
final class AuthorizeCommand implements Callable<Integer>, Reporting {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizeCommand.class);

  private static final int HIGHEST_PORT = 65_535;

  private final Environment environment;
  private final RetryPolicy retries;
  private final Report report = new Report("extract", "authorize");
  private String summary = "";

  @Mixin SignInOptions api = new SignInOptions();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Whose token; the configured account if there is only one.")
  @Nullable String account;

  @Option(
      names = "--no-browser",
      description = "Print the address, and read what the browser is sent to from standard input.")
  boolean noBrowser;

  @Option(
      names = "--scopes",
      paramLabel = "LIST",
      split = ",",
      hideParamSyntax = true,
      description = "What to ask for, separated by commas, instead of what api.yaml wants.")
  List<String> scopes = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where the browser's answer is waited for; any free port if not given.")
  int port;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long the person may take, e.g. PT90S; 5 minutes if not given.")
  Duration timeout = Duration.ofMinutes(5);

  @Option(
      names = "--force",
      description =
          "Replace a token that is not known to be bad, or another athlete's; take an athlete that"
              + " another account has.")
  boolean force;

  @Mixin RunOptions options = new RunOptions();

  AuthorizeCommand(Environment environment, RetryPolicy retries) {
    this.environment = environment;
    this.retries = retries;
  }

  @Override
  public Integer call() {
    report.put("source", api.source);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Failure(
          Exit.USAGE,
          "Reading the command line of extract authorize",
          "there is no --port " + port,
          "give one up to %d, or none for any that is free".formatted(HIGHEST_PORT));
    }
    ApiDescription description = api.read();
    if (!(description.authentication() instanceof Oauth2RefreshToken oauth)) {
      throw new Failure(
          Exit.USAGE,
          "Authorizing an account of " + api.source,
          "nobody's consent is asked for there",
          "see how it is signed in to: extract describe " + api.source);
    }
    Settings read = Settings.read(environment);
    SourceSettings settings = new SourceSettings(description, read);
    String whose = settings.account(account);
    report.put("account", whose);
    Application application = settings.application(oauth, api.oauthUrl, api.tokens);
    try (HttpTransport transport =
            HttpTransport.open(environment, read, retries, new ApiClock(Clock.systemUTC()));
        ConsentFlow flow = flow()) {
      Authorization authorization =
          new Authorization(
              description,
              application.accountRef(whose),
              application.oauthUrl(),
              application.clientId(),
              application.endpoint(transport),
              application.tokens(),
              others(settings, application, whose),
              scopes.isEmpty() ? oauth.scopes() : scopes,
              force);
      tell(authorization.run(flow, timeout));
      return Exit.DONE.code();
    }
  }

  private static List<AccountRef> others(
      SourceSettings settings, Application application, String whose) {
    return settings.accounts(List.of()).stream()
        .filter(name -> !name.equals(whose))
        .map(application::accountRef)
        .toList();
  }

  private ConsentFlow flow() {
    if (noBrowser) {
      return new ManualFlow(System.in, port);
    }
    Browser browser = Browser.of(environment.variables(), System.getProperty("os.name", ""));
    return BrowserFlow.listen(browser, port);
  }

  private void tell(Authorized authorized) {
    Token token = authorized.token();
    Set<String> granted = new TreeSet<>(token.scopes().map(Scopes::granted).orElse(Set.of()));
    String next = "extract sync %s --account %s".formatted(api.source, authorized.account().name());
    authorized.missingScopes().ifPresent(lacking -> tell(lacking, authorized.account()));
    token.athleteId().ifPresent(id -> report.put("athlete", id));
    token.end().ifPresent(end -> report.put("expires_at", end));
    if (!granted.isEmpty()) {
      report.put("scopes", granted);
    }
    report.put("stored", authorized.address()).put("next", next).ended(Exit.DONE);
    summary =
        """
        %s is authorized%s.
          scopes  %s
          stored  %s
          next    %s\
        """
            .formatted(
                authorized.account().name(),
                token.athleteId().map(id -> ": athlete " + id).orElse(""),
                granted.isEmpty() ? "not told by the source" : String.join(", ", granted),
                authorized.address(),
                next);
  }

  private void tell(MissingScopes lacking, AccountRef account) {
    report.put("missing", lacking.scopes()).put("streams_missing", lacking.streams());
    if (!lacking.isEmpty()) {
      LOG.warn("{}. To be asked again type: {}", lacking.sentence(), account.authorizeCommand());
    }
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
