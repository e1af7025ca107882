package dev.paceline.extract.auth;

import dev.paceline.extract.http.ApiClock;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs the calls of one account: hands out its access token and renews it in time.
public final class Credentials implements Signature {

  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  private final String source;
  private final String account;
  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final Duration margin;
  private final ApiClock clock;
  private @Nullable Token token;
  private boolean refreshed;

  /// Reads nothing yet: an account whose token is missing fails when it is first used.
  ///
  /// @param margin a token with less life than this is renewed before it is used
  public Credentials(
      String source,
      String account,
      TokenStore store,
      TokenEndpoint endpoint,
      Duration margin,
      ApiClock clock) {
    this.source = source;
    this.account = account;
    this.store = store;
    this.endpoint = endpoint;
    this.margin = margin;
    this.clock = clock;
  }

  @Override
  public Header header() {
    return new Header("Authorization", "Bearer " + bearer());
  }

  @Override
  public Optional<Set<String>> scopes() {
    return Optional.empty();
  }

  /// An access token that is good by the source's clock.
  private String bearer() {
    Token known = token == null ? store.read(source, account) : token;
    token = known;
    String usable = known.usableAt(clock.now(), margin);
    return usable == null ? refresh() : usable;
  }

  /// A token that has not been renewed in this run is, and the call is worth another try; else the
  /// account has to be authorized again.
  @Override
  public void refused(String call, String said) {
    if (refreshed) {
      throw new Failure(
          Exit.REFUSED,
          "%s for the account %s".formatted(call, account),
          "the source refuses a token that is new (401 %s)".formatted(said),
          "authorize the account again, with the scopes that are missing");
    }
    refresh();
  }

  private String refresh() {
    store.ensureWritable(source, account);
    // Read again: another run may have renewed it since, and then the one known here is dead.
    Token renewed = endpoint.refresh(store.read(source, account), account);
    store.write(source, account, renewed); // before anything else: the old token may be dead now
    token = renewed;
    refreshed = true;
    LOG.debug("The token of {} was renewed.", account);
    return Objects.requireNonNull(renewed.accessToken(), "the endpoint answers none without");
  }
}
