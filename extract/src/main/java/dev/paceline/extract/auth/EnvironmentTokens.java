package dev.paceline.extract.auth;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tokens in settings, `PACELINE_<SOURCE>_TOKEN_<ACCOUNT>`: JSON, or a refresh token alone. They
/// are read only; a new one is known for this run, and gone with it.
final class EnvironmentTokens implements TokenStore {

  private final Settings settings;
  private final Map<Owner, Token> renewed = new HashMap<>();
  private final Map<String, Owner> owners = new HashMap<>();

  EnvironmentTokens(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Token> find(Owner owner) {
    ensureAlone(owner);
    return Optional.ofNullable(renewed.get(owner))
        .or(() ->
            settings
                .find(owner.source(), setting(owner))
                .map(text -> TokenText.parseEither(text, address(owner), owner)));
  }

  /// `a-b` and `a_b` have one variable: their data would become one person's.
  private void ensureAlone(Owner owner) {
    Owner other = owners.putIfAbsent(variable(owner), owner);
    if (other != null && !other.equals(owner)) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading the token of the account %s from %s".formatted(owner.account(), address(owner)),
          "it is the variable of the account %s as well".formatted(other.account()),
          "rename one of them, or keep tokens in another store");
    }
  }

  /// A refresh always succeeds for this run; [#keeps] says what that is worth.
  @Override
  public void ensureWritable(Owner owner) {}

  @Override
  public void write(Owner owner, Token token) {
    renewed.put(owner, token);
  }

  @Override
  public String address(Owner owner) {
    return "env:" + variable(owner);
  }

  @Override
  public boolean keeps() {
    return false;
  }

  private static String setting(Owner owner) {
    return "token_" + owner.account();
  }

  private static String variable(Owner owner) {
    return Settings.variableOf(owner.source() + "_" + setting(owner));
  }
}
