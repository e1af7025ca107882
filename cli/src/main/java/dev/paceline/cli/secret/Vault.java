package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Optional;

/// A place of AWS that keeps secrets by name. Credentials, region and endpoint come from the SDK's
/// own chains. What fails is a [dev.paceline.cli.failure.Failure] that never quotes a secret.
public interface Vault extends AutoCloseable {

  /// SSM's parameters; what is written is a `SecureString` under the account's own key.
  ///
  /// @param refusal how a command ends whose credentials are refused
  static Vault ssm(Exit refusal) {
    return ParameterStoreVault.connect(refusal);
  }

  /// Secrets Manager.
  ///
  /// @param refusal how a command ends whose credentials are refused
  static Vault secretsManager(Exit refusal) {
    return SecretsManagerVault.connect(refusal);
  }

  /// What is kept under a name; empty where there is no such name.
  Optional<String> read(String name);

  /// Keeps a value under a name, whether there is one already or not.
  void write(String name, String value);

  /// Throws what a [#write] over a value that is there would throw, as far as that can be known
  /// beforehand. Changes nothing that anybody reads.
  ///
  /// @param value what is kept there now
  void ensureWritable(String name, String value);

  /// A name as people are told it, e.g. `ssm:/paceline/secret`.
  String address(String name);

  @Override
  void close();
}
