package dev.paceline.extract;

import dev.paceline.cli.Given;
import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.HttpAddress;
import dev.paceline.cli.failure.Quoted;
import dev.paceline.cli.failure.Redacted;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication.Oauth2RefreshToken;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.auth.TokenStore;
import dev.paceline.extract.sync.OnLimit;
import dev.paceline.lake.LakeLayout;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The settings of one source: from flags, the environment, `paceline.yaml` and `api.yaml`, in this
/// order of precedence.
final class SourceSettings {

  /// Used if no account is configured.
  private static final String DEFAULT_ACCOUNT = "default";

  private static final String VERIFY_CALLS = "50";

  /// What can be part of the name of an object in the lake.
  private static final String CLIENT_ID = "[A-Za-z0-9_.-]{1,100}";

  private final ApiDescription api;
  private final Settings settings;

  SourceSettings(ApiDescription api, Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /// The accounts to read.
  List<String> accounts(List<String> flags) {
    List<String> named = flags.isEmpty() ? settings.list(api.source(), "accounts") : flags;
    for (String account : named) {
      if (!LakeLayout.isAccount(account)) {
        throw item("accounts", "--account", account, !flags.isEmpty())
            .refused(
                "Reading the accounts of " + api.source(),
                "has %s, which is not a valid account name".formatted(Quoted.of(account)),
                "use a-z, 0-9, _ and -, at most 63, beginning with a letter or digit");
      }
    }
    return named.isEmpty() ? List.of(DEFAULT_ACCOUNT) : named.stream().distinct().toList();
  }

  /// The single account that a command works on: the flag's, or the only one configured.
  String account(@Nullable String flag) {
    List<String> configured = settings.list(api.source(), "accounts").stream().distinct().toList();
    if (flag == null && configured.size() != 1) {
      throw new Failure(
          Exit.USAGE,
          "Choosing an account of " + api.source(),
          configured.isEmpty() ? "none is configured" : "there are " + configured,
          "give --account NAME");
    }
    return accounts(flag == null ? configured : List.of(flag)).getFirst();
  }

  /// A value of a list, and where the list was given.
  private Given item(String name, String flag, String value, boolean isFlag) {
    return isFlag ? Given.flag(flag, value) : new Given(variable(name), value, Exit.CONFIGURATION);
  }

  /// A setting that also has a flag, and where it was given.
  private Optional<Given> given(String name, @Nullable String flag) {
    return flag == null
        ? settings.given(api.source(), name)
        : Optional.of(Given.flag("--" + name.replace('_', '-'), flag));
  }

  URI apiUrl(@Nullable String flag) {
    return url("api_url", flag).orElse(api.apiUrl());
  }

  URI oauthUrl(@Nullable String flag) {
    return url("oauth_url", flag).orElseGet(this::oauthUrl);
  }

  /// The application whose accounts have tokens.
  Application application(
      Oauth2RefreshToken oauth, @Nullable String oauthUrlFlag, @Nullable Given tokens) {
    return new Application(
        api.source(),
        clientId(),
        secret("client_secret"),
        url("oauth_url", oauthUrlFlag).orElseGet(this::oauthUrl),
        tokens(tokens).parse(address -> TokenStore.open(address, settings)),
        oauth.refreshMargin());
  }

  /// The streams to read.
  ///
  /// @param flag names separated by commas; with `+` or `-` before each, changes to the default
  Set<String> streams(@Nullable String flag) {
    List<String> named =
        flag == null
            ? settings.list(api.source(), "streams")
            : List.of(flag.strip().split("\\s*,\\s*"));
    boolean changes = named.stream().allMatch(name -> name.matches("[+-].*"));
    Set<String> streams = new TreeSet<>();
    if (changes) {
      api.streams().stream()
          .filter(stream -> !stream.isOptional())
          .forEach(stream -> streams.add(stream.name()));
    }
    for (String name : named) {
      String stream = changes ? name.substring(1) : name;
      ensureStream(item("streams", "--streams", stream, flag != null));
      if (changes && name.startsWith("-")) {
        streams.removeAll(withDependents(stream));
      } else {
        streams.add(stream);
      }
    }
    return streams;
  }

  /// A stream, and all streams that cannot be read without it.
  private Set<String> withDependents(String name) {
    Set<String> all = new TreeSet<>(Set.of(name));
    for (StreamDescription stream : api.streams()) { // a stream is listed after those it needs
      if (stream.needs().stream().anyMatch(all::contains)) {
        all.add(stream.name());
      }
    }
    return all;
  }

  private void ensureStream(Given stream) {
    List<String> names = api.streams().stream().map(StreamDescription::name).toList();
    if (!names.contains(stream.value())) {
      throw stream.refused(
          "Reading the streams of " + api.source(),
          "has %s, but there is no such stream".formatted(Quoted.of(stream.value())),
          "choose from %s; either name every stream to read, or put + or - before each name"
              .formatted(String.join(", ", names)));
    }
  }

  /// What a run does when the budget is spent.
  OnLimit onLimit(@Nullable String flag) {
    Given given = given("on_limit", flag).orElseGet(() -> Given.flag("--on-limit", "stop"));
    return OnLimit.named(given.value())
        .orElseThrow(() ->
            given.refused(
                reading(),
                "is %s".formatted(Quoted.of(given.value())),
                "give stop, window or wait"));
  }

  /// How many records per account to read again for edits that no listing shows.
  int verifyCalls(@Nullable Integer flag) {
    Given given =
        given("verify_calls", flag == null ? null : flag.toString())
            .orElseGet(() -> Given.flag("--verify-calls", VERIFY_CALLS));
    if (!given.value().matches("[0-9]{1,6}")) {
      throw given.refused(
          reading(),
          "is %s".formatted(Quoted.of(given.value())),
          "give a whole number from 0 to 999999");
    }
    return Integer.parseInt(given.value());
  }

  /// An address that returns the source's time without counting as a call: the OAuth URL, where
  /// there is one.
  Optional<URI> clockUrl(@Nullable String oauthUrlFlag) {
    return api.oauthUrl() == null ? Optional.empty() : Optional.of(oauthUrl(oauthUrlFlag));
  }

  /// A required setting that is a secret.
  Secret secret(String name) {
    return Secret.resolve(variable(name), required(name).value());
  }

  /// The client id; it is part of the name of the lock that the application's accounts share.
  String clientId() {
    Given id = required("client_id");
    boolean isExpected =
        api.authentication()
            .clientIds()
            .map(id.value()::matches)
            .orElse(!Quoted.mayBeSecret(id.value()));
    if (!isExpected || !id.value().matches(CLIENT_ID)) {
      throw id.refused(
          reading(),
          "is not a client id (not shown, as it may be the client secret)",
          "give the id that the source shows for your application"
              + api.authentication()
                  .clientIds()
                  .map("; by api.yaml it matches "::concat)
                  .orElse(""));
    }
    return id.value();
  }

  private String reading() {
    return "Reading the settings of " + api.source();
  }

  private URI oauthUrl() {
    return Objects.requireNonNull(api.oauthUrl(), "validated when api.yaml was read");
  }

  private static Given tokens(@Nullable Given given) {
    if (given == null) {
      throw new Failure(
          Exit.USAGE,
          "Opening the token store",
          "its location is not set",
          "give --tokens %s, or set PACELINE_TOKENS".formatted(TokenStore.FORMS));
    }
    return given;
  }

  private Given required(String name) {
    return settings
        .given(api.source(), name)
        .orElseThrow(() ->
            new Failure(
                Exit.CONFIGURATION,
                "Reading the settings of " + api.source(),
                variable(name) + " is not set",
                "set it in the environment, or %s.%s in paceline.yaml"
                    .formatted(api.source(), name)));
  }

  private String variable(String name) {
    return Settings.variableOf(api.source() + "_" + name);
  }

  private Optional<URI> url(String name, @Nullable String flag) {
    return given(name, flag).map(this::parse);
  }

  private URI parse(Given url) {
    return HttpAddress.parse(url.value())
        .orElseThrow(() ->
            url.refused(
                reading(),
                "%s is not the address of a server"
                    .formatted(Quoted.of(Redacted.address(url.value()))),
                "give %s, without credentials".formatted(HttpAddress.FORM)));
  }
}
