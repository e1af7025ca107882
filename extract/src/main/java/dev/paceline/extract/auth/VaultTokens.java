package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Vault;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tokens in SSM or Secrets Manager, named `<prefix>/<source>-<account>`.
final class VaultTokens implements TokenStore {

  private final String prefix;
  private final Supplier<Vault> opens;
  private @Nullable Vault vault;

  VaultTokens(String prefix, Supplier<Vault> opens) {
    this.prefix = prefix.replaceAll("/+$", "");
    this.opens = opens;
  }

  @Override
  public Optional<Token> find(Owner owner) {
    return vault()
        .read(name(owner))
        .map(text -> TokenText.parseEither(text, address(owner), owner));
  }

  /// Of a token that is not there yet nothing is known beforehand: to put one in its place would
  /// make a token that is none.
  @Override
  public void ensureWritable(Owner owner) {
    vault().read(name(owner)).ifPresent(text -> vault().ensureWritable(name(owner), text));
  }

  @Override
  public void write(Owner owner, Token token) {
    try {
      vault().write(name(owner), TokenText.write(token));
    } catch (Failure unwritable) {
      throw new Failure(
          unwritable.exit(),
          "Storing the new token of the account %s in %s"
              .formatted(owner.account(), address(owner)),
          unwritable.what(),
          "%s; the old token may be dead, so type: %s"
              .formatted(unwritable.remedy(), owner.authorizeAnew()),
          unwritable);
    }
  }

  @Override
  public String address(Owner owner) {
    return vault().address(name(owner));
  }

  @Override
  public boolean keeps() {
    return true;
  }

  private String name(Owner owner) {
    return prefix + "/" + owner.key();
  }

  /// Open until the process ends: to connect again would come between a new token and its storing.
  private Vault vault() {
    Vault open = vault == null ? opens.get() : vault;
    vault = open;
    return open;
  }
}
