package dev.paceline.extract.http;

import dev.paceline.cli.failure.Failure;
import java.util.Optional;
import java.util.Set;

/// Authenticates the calls of one account.
public interface RequestAuthenticator {

  /// The header to send with the next call. Requested before each call; may renew a token.
  Header header();

  /// Handles a 401: returns if the call should be retried once with a new header, otherwise throws
  /// the account's failure (exit 77).
  ///
  /// @param call describes the call in messages
  /// @param message what the source said
  void refused(String call, String message);

  /// The scopes granted to the account's token; empty if they are unknown.
  default Optional<Set<String>> scopes() {
    return Optional.empty();
  }

  /// The id of the record that identifies the account, if the token that the run began with is
  /// known to be for it.
  default Optional<String> subject() {
    return Optional.empty();
  }

  /// How often a token was renewed in this run.
  default long renewals() {
    return 0;
  }

  /// Whether the token was replaced during this run by one of which nothing says whose it is.
  default boolean isUnidentified() {
    return false;
  }

  /// Notes that the token is the account's, as the source says.
  default void noteIdentified() {}

  /// Makes every further call of this run fail; returns the failure, to be thrown.
  default Failure lost(Failure failure) {
    return failure;
  }

  /// Whether no further call of this run can be authenticated: each fails for the same reason.
  default boolean isLost() {
    return false;
  }

  /// The command to run if the source refuses the account; empty if no command helps.
  default Optional<String> reauthorizeCommand() {
    return Optional.empty();
  }

  /// A header's name and value; the value is a secret.
  record Header(String name, String value) {
    @Override
    public String toString() {
      return name + ": ***";
    }
  }
}
