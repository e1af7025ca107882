package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Vault;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tokens in SSM or Secrets Manager, named `<prefix>/<source>-<account>`.
final class VaultTokens implements TokenStore {

  private final String prefix;
  private final Supplier<Vault> opener;
  private @Nullable Vault vault;

  VaultTokens(String prefix, Supplier<Vault> opener) {
    this.prefix = prefix.replaceAll("/+$", "");
    this.opener = opener;
  }

  @Override
  public Optional<Token> find(AccountRef account) {
    return vault()
        .read(name(account))
        .map(text -> TokenText.parseEither(text, address(account), account));
  }

  /// Nothing can be checked for a token that does not exist yet: writing a placeholder would create
  /// an invalid token.
  @Override
  public void ensureWritable(AccountRef account) {
    vault().read(name(account)).ifPresent(text -> vault().ensureWritable(name(account), text));
  }

  @Override
  public void write(AccountRef account, Token token) {
    try {
      vault().write(name(account), TokenText.write(token));
    } catch (Failure unwritable) {
      throw new Failure(
          unwritable.exit(),
          "Storing the new token of the account %s in %s"
              .formatted(account.name(), address(account)),
          unwritable.what(),
          "%s; the old token may be invalid, so run: %s"
              .formatted(unwritable.remedy(), account.reauthorizeCommand()),
          unwritable);
    }
  }

  @Override
  public String address(AccountRef account) {
    return vault().address(name(account));
  }

  @Override
  public boolean isPersistent() {
    return true;
  }

  private String name(AccountRef account) {
    return prefix + "/" + account.key();
  }

  /// Stays open until the process ends, so that storing a new token never waits for a connection.
  private Vault vault() {
    Vault open = vault == null ? opener.get() : vault;
    vault = open;
    return open;
  }
}
