package dev.paceline.extract;

import dev.paceline.cli.Environment;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gets an account a token with the consent of its owner.
@Command(
    name = "authorize",
    description = {
      "Gets a token for an account: its owner consents in a browser.",
      "Replaces an existing token only if it is known to be bad, or with --force."
    },
    footer = {
      "",
      "PACELINE_BROWSER or BROWSER names the command that opens the browser; the default is the system's.",
      "",
      "Examples:",
      "  extract authorize strava --account anna --tokens file:///data/tokens",
      "  extract authorize strava --account anna --no-browser      # over ssh"
    })
final class AuthorizeCommand extends ExtractCommand {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizeCommand.class);

  private static final int HIGHEST_PORT = 65_535;

  private final Environment environment;
  private final RetryPolicy retries;
  private final Pause pause;

  @Mixin SignInOptions api = new SignInOptions();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "The account to authorize; may be left out if only one is configured.")
  @Nullable String account;

  @Option(
      names = "--no-browser",
      description = "Print the address, and read the address of the redirect from standard input.")
  boolean noBrowser;

  @Option(
      names = "--scopes",
      paramLabel = "LIST",
      split = ",",
      hideParamSyntax = true,
      description = "The scopes to ask for, separated by commas; those of api.yaml if not given.")
  List<String> scopes = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The local port that the browser is redirected to; any free port if not given.")
  int port;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait for consent, e.g. PT90S; 5 minutes if not given.")
  Duration timeout = Duration.ofMinutes(5);

  @Option(
      names = "--force",
      description =
          "Replace a token that is not known to be bad, or that belongs to another athlete; accept"
              + " an athlete that another account already has.")
  boolean force;

  AuthorizeCommand(Environment environment, RetryPolicy retries, Pause pause) {
    super("authorize");
    this.environment = environment;
    this.retries = retries;
    this.pause = pause;
  }

  @Override
  public Integer call() {
    report().put("source", api.source);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Failure(
          Exit.USAGE,
          "Reading the command line of extract authorize",
          "--port %d is out of range".formatted(port),
          "give a port up to %d, or leave it out to use any free port".formatted(HIGHEST_PORT));
    }
    ApiDescription description = api.read();
    if (!(description.authentication() instanceof Oauth2RefreshToken oauth)) {
      throw new Failure(
          Exit.USAGE,
          "Authorizing an account of " + api.source,
          "this source does not use OAuth consent",
          "see how it authenticates: extract describe " + api.source);
    }
    Settings read = Settings.read(environment);
    SourceSettings settings = new SourceSettings(description, read);
    String name = settings.account(account);
    report().put("account", name);
    Application application = settings.application(oauth, api.oauthUrl, api.tokens());
    try (HttpTransport transport =
            HttpTransport.open(environment, read, retries, pause, new ApiClock(Clock.systemUTC()));
        ConsentFlow flow = consentFlow()) {
      Authorization authorization =
          new Authorization(
              description,
              application.accountRef(name),
              application.oauthUrl(),
              application.clientId(),
              application.endpoint(transport),
              application.tokens(),
              otherAccounts(settings, application, name),
              scopes.isEmpty() ? oauth.scopes() : scopes,
              force);
      finish(authorization.run(flow, timeout));
      return Exit.DONE.code();
    }
  }

  private static List<AccountRef> otherAccounts(
      SourceSettings settings, Application application, String account) {
    return settings.accounts(List.of()).stream()
        .filter(name -> !name.equals(account))
        .map(application::accountRef)
        .toList();
  }

  private ConsentFlow consentFlow() {
    if (noBrowser) {
      return new ManualFlow(System.in, port);
    }
    Browser browser = Browser.of(environment.variables(), System.getProperty("os.name", ""));
    return BrowserFlow.listen(browser, port);
  }

  private void finish(Authorized authorized) {
    Token token = authorized.token();
    Set<String> granted = new TreeSet<>(token.scopes().map(Scopes::granted).orElse(Set.of()));
    String next = "extract sync %s --account %s".formatted(api.source, authorized.account().name());
    authorized.missingScopes().ifPresent(missing -> reportMissing(missing, authorized.account()));
    token.athleteId().ifPresent(id -> report().put("athlete", id));
    token.expiry().ifPresent(expiry -> report().put("expires_at", expiry));
    if (!granted.isEmpty()) {
      report().put("scopes", granted);
    }
    report().put("stored", authorized.address()).put("next", next).ended(Exit.DONE);
    summarize(
        """
        %s is authorized%s.
          scopes  %s
          stored  %s
          next    %s\
        """
            .formatted(
                authorized.account().name(),
                token.athleteId().map(id -> ": athlete " + id).orElse(""),
                granted.isEmpty() ? "not reported by the source" : String.join(", ", granted),
                authorized.address(),
                next));
  }

  private void reportMissing(MissingScopes missing, AccountRef account) {
    report().put("missing", missing.scopes()).put("streams_missing", missing.streams());
    if (!missing.isEmpty()) {
      LOG.warn("{}. To consent again, run: {}", missing.sentence(), account.authorizeCommand());
    }
  }
}
