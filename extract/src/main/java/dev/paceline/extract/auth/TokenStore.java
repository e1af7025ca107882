package dev.paceline.extract.auth;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Vault;
import java.util.Optional;

/// Keeps the tokens of accounts.
public interface TokenStore {

  /// What `--tokens` may be.
  String FORMS = "file:///dir, ssm:/prefix, secretsmanager:prefix or env:";

  /// Opens the store that an address names; nothing is read yet.
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
        "Opening the token store \"%s\"".formatted(address),
        "no tokens can be kept there",
        "give " + FORMS);
  }

  /// An account's token; empty where it has none.
  Optional<Token> find(AccountRef account);

  /// Throws where a new token could not be stored, as far as that can be known: asked before a
  /// refresh, which may kill the old one.
  void ensureWritable(AccountRef account);

  /// Replaces an account's token; it is stored, whole, when this returns.
  void write(AccountRef account, Token token);

  /// Replaces an account's token where it still is the one that is known, by its refresh token;
  /// answers whether it did. Where a store cannot compare and write at once a token that is stored
  /// between the two is lost, so nothing but a mark is written in this way.
  default boolean replace(AccountRef account, Token known, Token token) {
    boolean same = find(account).filter(now -> now.hasSameRefreshToken(known)).isPresent();
    if (same) {
      write(account, token);
    }
    return same;
  }

  /// Where an account's token is, for people.
  String address(AccountRef account);

  /// Whether what is written is there in the next run.
  boolean isPersistent();

  /// An account's token, which must be there.
  default Token read(AccountRef account) {
    return find(account)
        .orElseThrow(() ->
            new Failure(
                Exit.REFUSED,
                "Reading the token of the account %s from %s"
                    .formatted(account.name(), address(account)),
                "there is none",
                "correct --tokens, or type: " + account.authorizeCommand()));
  }
}
