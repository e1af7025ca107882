package dev.paceline.extract.http;

import java.util.Optional;
import java.util.Set;

/// Signs the calls of one account.
public interface RequestAuthenticator {

  /// The header that this call carries; asked before each call, and may renew a token.
  Header header();

  /// What to do about a 401: returns where the call is worth one more try with another header, else
  /// throws what the account needs (exit 77).
  ///
  /// @param call what was called, for messages
  /// @param said what the source said of itself
  void refused(String call, String message);

  /// What the account's token was granted; empty where that is not known.
  Optional<Set<String>> scopes();

  /// What a person types where the source refuses the account; empty where no command helps.
  Optional<String> reauthorizeCommand();

  /// A header's name and value; the value is a secret.
  record Header(String name, String value) {
    @Override
    public String toString() {
      return name + ": ***";
    }
  }
}
