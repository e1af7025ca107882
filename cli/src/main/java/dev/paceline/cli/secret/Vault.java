package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Optional;

/// An AWS service that stores secrets by name. Credentials, region and endpoint come from the SDK's
/// default providers. Errors are a [dev.paceline.cli.failure.Failure] that never quotes a secret.
public interface Vault extends AutoCloseable {

  /// SSM Parameter Store; values are written as a `SecureString` under the AWS account's default
  /// key.
  ///
  /// @param refusal the exit when AWS refuses the credentials
  static Vault ssm(Exit refusal) {
    return ParameterStoreVault.connect(refusal);
  }

  /// Secrets Manager.
  ///
  /// @param refusal the exit when AWS refuses the credentials
  static Vault secretsManager(Exit refusal) {
    return SecretsManagerVault.connect(refusal);
  }

  /// The value stored under a name; empty if there is no such name.
  Optional<String> read(String name);

  /// Stores a value under a name, creating or overwriting it.
  void write(String name, String value);

  /// Throws what a [#write] over an existing value would throw, as far as that can be known in
  /// advance. Changes nothing that a reader sees.
  ///
  /// @param value the value stored there now
  void ensureWritable(String name, String value);

  /// A name with its service, as settings and messages write it, e.g. `ssm:/paceline/secret`.
  String address(String name);

  @Override
  void close();
}
