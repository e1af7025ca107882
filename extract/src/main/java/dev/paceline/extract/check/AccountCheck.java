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

/// Checks one account: asks the source for its first stream, then looks at the token, which that
/// call may have renewed.
public final class AccountCheck {

  private final ApiDescription api;
  private final AccountRef account;
  private final Optional<Supplier<TokenState>> looks;
  private final Optional<ApiClient> client;
  private @Nullable Failure failure;

  /// A check of one account.
  ///
  /// @param looks at the token; empty where the source's accounts have none
  /// @param client empty where nobody is to be called
  public AccountCheck(
      ApiDescription api,
      AccountRef account,
      Optional<Supplier<TokenState>> looks,
      Optional<ApiClient> client) {
    this.api = api;
    this.account = account;
    this.looks = looks;
    this.client = client;
  }

  /// Runs to the end; nothing that is wrong with the account is thrown.
  public CheckResult run() {
    client.ifPresent(this::call);
    Optional<TokenState> token = looks.flatMap(this::look);
    Optional<MissingScopes> missingScopes =
        token
            .map(TokenState::granted)
            .map(scopes -> MissingScopes.of(api, wanted(), scopes.allowed()));
    missingScopes.filter(MissingScopes::essential).ifPresent(lacking -> keep(refusal(lacking)));
    return new CheckResult(
        account.name(),
        token.orElse(null),
        missingScopes.orElse(null),
        client.map(ApiClient::totalCalls).orElse(0L) > 0,
        failure);
  }

  private Optional<TokenState> look(Supplier<TokenState> looking) {
    try {
      TokenState state = looking.get();
      state.failure(account).ifPresent(this::keep);
      return Optional.of(state);
    } catch (Failure unreadable) {
      keep(unreadable);
      return Optional.empty();
    }
  }

  private void call(ApiClient calling) {
    try {
      ask(calling);
    } catch (Failure refused) {
      keep(refused);
    }
  }

  private void ask(ApiClient calling) {
    StreamDescription first = api.streams().getFirst();
    Call call = Call.of(first.path(), first.path(), first.query());
    String doing =
        "Asking the source for %s of the account %s".formatted(first.name(), account.name());
    switch (calling.get(call, body -> body)) {
      case ApiResponse.Found<byte[]> _ -> {}
      case ApiResponse.NotFound<byte[]> _ ->
          throw new Failure(
              Exit.UNUSABLE, doing, "there is no such thing", "check --api-url and api.yaml");
      case ApiResponse.Refused<byte[]> refused ->
          throw new Failure(
              refused.status() >= 500 ? Exit.UNAVAILABLE : Exit.UNUSABLE,
              doing,
              "it answered %d %s".formatted(refused.status(), refused.reason()),
              "try again later");
    }
  }

  private Failure refusal(MissingScopes lacking) {
    return new Failure(
        Exit.REFUSED,
        "Looking at the scopes of the account " + account.name(),
        lacking.sentence(),
        "leave the boxes ticked, and type: " + account.authorizeCommand());
  }

  private List<String> wanted() {
    return api.authentication() instanceof Oauth2RefreshToken oauth ? oauth.scopes() : List.of();
  }

  /// The first that went wrong explains the others.
  private void keep(Failure known) {
    failure = failure == null ? known : failure;
  }
}
