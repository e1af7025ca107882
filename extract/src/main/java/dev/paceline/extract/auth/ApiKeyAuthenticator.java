package dev.paceline.extract.auth;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.Secret;
import dev.paceline.extract.http.RequestAuthenticator;

/// Authenticates calls with a fixed key.
public final class ApiKeyAuthenticator implements RequestAuthenticator {

  private final String header;
  private final Secret key;
  private final String variable;

  /// An authenticator for all accounts.
  ///
  /// @param header the header that carries the key
  /// @param variable the variable that holds the key, for messages
  public ApiKeyAuthenticator(String header, Secret key, String variable) {
    this.header = header;
    this.key = key;
    this.variable = variable;
  }

  @Override
  public Header header() {
    return new Header(header, key.reveal());
  }

  @Override
  public void refused(String call, String message) {
    throw new Failure(
        Exit.REFUSED,
        call,
        "the source refuses the API key (401 %s)".formatted(message),
        "correct " + variable);
  }
}
