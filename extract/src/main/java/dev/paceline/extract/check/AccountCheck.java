package dev.paceline.extract.check;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication.Oauth2RefreshToken;
import dev.paceline.extract.api.MissingScopes;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.auth.AccountRef;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks one account: calls the source's first stream, then reads the state of the token, which
/// that call may have refreshed.
public final class AccountCheck {

  private final ApiDescription api;
  private final AccountRef account;
  private final Optional<Supplier<TokenState>> tokenState;
  private final Optional<ApiClient> client;
  private @Nullable Failure failure;

  /// A check of one account.
  ///
  /// @param tokenState reads the token; empty if the source's accounts have none
  /// @param client empty if no call should be made
  public AccountCheck(
      ApiDescription api,
      AccountRef account,
      Optional<Supplier<TokenState>> tokenState,
      Optional<ApiClient> client) {
    this.api = api;
    this.account = account;
    this.tokenState = tokenState;
    this.client = client;
  }

  /// Runs the check; a failure of the account is returned, not thrown.
  public CheckResult run() {
    client.ifPresent(this::call);
    Optional<TokenState> token = tokenState.flatMap(this::read);
    Optional<MissingScopes> missingScopes =
        token
            .map(TokenState::granted)
            .map(scopes -> MissingScopes.of(api, requestedScopes(), scopes.allowed()));
    missingScopes
        .filter(MissingScopes::essential)
        .ifPresent(missing -> noteFailure(refusal(missing)));
    return new CheckResult(
        account.name(),
        token.orElse(null),
        missingScopes.orElse(null),
        client.map(ApiClient::totalCalls).orElse(0L) > 0,
        failure);
  }

  private Optional<TokenState> read(Supplier<TokenState> reader) {
    try {
      TokenState state = reader.get();
      state.failure(account).ifPresent(this::noteFailure);
      return Optional.of(state);
    } catch (Failure unreadable) {
      noteFailure(unreadable);
      return Optional.empty();
    }
  }

  private void call(ApiClient apiClient) {
    try {
      callFirstStream(apiClient);
    } catch (Failure refused) {
      noteFailure(refused);
    }
  }

  private void callFirstStream(ApiClient apiClient) {
    StreamDescription first = api.streams().getFirst();
    Call call = Call.of(first.path(), first.path(), first.query());
    String doing =
        "Reading %s of the account %s from the source".formatted(first.name(), account.name());
    switch (apiClient.get(call, body -> body.readAllBytes())) {
      case ApiResponse.Found<byte[]> _ -> {}
      case ApiResponse.NotFound<byte[]> _ ->
          throw new Failure(
              Exit.UNUSABLE, doing, "the source does not have it", "check --api-url and api.yaml");
      case ApiResponse.Denied<byte[]> denied -> throw denied.failure();
      case ApiResponse.Refused<byte[]> refused ->
          throw new Failure(
              refused.status() >= 500 ? Exit.UNAVAILABLE : Exit.UNUSABLE,
              doing,
              "it returned %d %s".formatted(refused.status(), refused.reason()),
              "try again later");
    }
  }

  private Failure refusal(MissingScopes missing) {
    return new Failure(
        Exit.REFUSED,
        "Checking the scopes of the account " + account.name(),
        missing.sentence(),
        "leave the boxes ticked, and run: " + account.authorizeCommand());
  }

  private List<String> requestedScopes() {
    return api.authentication() instanceof Oauth2RefreshToken oauth ? oauth.scopes() : List.of();
  }

  /// The first failure explains the others.
  private void noteFailure(Failure known) {
    failure = failure == null ? known : failure;
  }
}
