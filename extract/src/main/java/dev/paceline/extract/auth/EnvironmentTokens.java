package dev.paceline.extract.auth;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tokens in settings, `PACELINE_<SOURCE>_TOKEN_<ACCOUNT>`: JSON, or a refresh token alone. They
/// are read-only; a renewed token is kept for this run only.
final class EnvironmentTokens implements TokenStore {

  private final Settings settings;
  private final Map<AccountRef, Token> renewed = new HashMap<>();
  private final Map<String, AccountRef> accounts = new HashMap<>();

  EnvironmentTokens(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Token> find(AccountRef account) {
    ensureOnlyUser(account);
    return Optional.ofNullable(renewed.get(account))
        .or(() ->
            settings
                .find(account.source(), setting(account))
                .map(text -> TokenText.parseEither(text, address(account), account)));
  }

  /// `a-b` and `a_b` have the same variable, which would mix the data of two people.
  private void ensureOnlyUser(AccountRef account) {
    AccountRef other = accounts.putIfAbsent(variable(account), account);
    if (other != null && !other.equals(account)) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading the token of the account %s from %s".formatted(account.name(), address(account)),
          "the account %s uses the same variable".formatted(other.name()),
          "rename one of them, or keep tokens in another store");
    }
  }

  /// A renewed token can always be kept for this run; see [#isPersistent].
  @Override
  public void ensureWritable(AccountRef account) {}

  @Override
  public void write(AccountRef account, Token token) {
    renewed.put(account, token);
  }

  @Override
  public String address(AccountRef account) {
    return "env:" + variable(account);
  }

  @Override
  public boolean isPersistent() {
    return false;
  }

  private static String setting(AccountRef account) {
    return "token_" + account.name();
  }

  private static String variable(AccountRef account) {
    return Settings.variableOf(account.source() + "_" + setting(account));
  }
}
