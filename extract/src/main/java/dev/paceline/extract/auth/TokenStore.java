package dev.paceline.extract.auth;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Vault;
import java.util.Optional;

/// Stores the tokens of accounts.
public interface TokenStore {

  /// The forms of `--tokens`.
  String FORMS = "file:///dir, ssm:/prefix, secretsmanager:prefix or env:";

  /// Opens the store at an address, without reading anything yet.
  ///
  /// @param address one of [#FORMS]
  static TokenStore open(String address, Settings settings) {
    if (address.startsWith("file:")) {
      return FileTokens.open(address);
    }
    if (address.matches("ssm:/.*[^/]/?")) {
      return new VaultTokens(address.substring("ssm:".length()), () -> Vault.ssm(Exit.REFUSED));
    }
    if (address.matches("secretsmanager:.*[^/]/?")) {
      return new VaultTokens(
          address.substring("secretsmanager:".length()), () -> Vault.secretsManager(Exit.REFUSED));
    }
    if (address.equals("env:")) {
      return new EnvironmentTokens(settings);
    }
    throw new Failure(
        Exit.USAGE,
        "Opening the token store",
        "its address is of no known kind (not shown, as it may be a token)",
        "give " + FORMS);
  }

  /// An account's token; empty if it has none.
  Optional<Token> find(AccountRef account);

  /// Throws if a new token could not be stored, as far as this can be checked. Called before a
  /// refresh, which may invalidate the old token.
  void ensureWritable(AccountRef account);

  /// Replaces an account's token; it is completely stored when this returns.
  void write(AccountRef account, Token token);

  /// Replaces an account's token if its refresh token is still the known one. Returns whether it
  /// did. If a store cannot do this atomically, a token that is stored in between is lost, so this
  /// is only used to mark a token.
  default boolean replace(AccountRef account, Token known, Token token) {
    boolean same = find(account).filter(stored -> stored.hasSameRefreshToken(known)).isPresent();
    if (same) {
      write(account, token);
    }
    return same;
  }

  /// Where an account's token is, for messages.
  String address(AccountRef account);

  /// Whether a written token is still there in the next run.
  boolean isPersistent();

  /// An account's token; throws if it has none.
  default Token read(AccountRef account) {
    return find(account)
        .orElseThrow(() ->
            new Failure(
                Exit.REFUSED,
                "Reading the token of the account %s from %s"
                    .formatted(account.name(), address(account)),
                "there is none",
                "correct --tokens, or run: " + account.authorizeCommand()));
  }
}
