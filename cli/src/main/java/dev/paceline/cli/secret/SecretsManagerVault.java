package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets Manager.
final class SecretsManagerVault implements Vault {

  private static final String SERVICE = "Secrets Manager";

  /// The staging label of a version written only to check write access; `AWSCURRENT` does not move.
  private static final String PROBE_STAGE = "paceline-rehearsal";

  private final SecretsManagerClient secrets;
  private final VaultFailures failures;

  private SecretsManagerVault(SecretsManagerClient secrets, Exit refusal) {
    this.secrets = secrets;
    this.failures = new VaultFailures(SERVICE, refusal);
  }

  static SecretsManagerVault connect(Exit refusal) {
    return new SecretsManagerVault(
        AwsClients.connect(
            SERVICE, SecretsManagerClient.builder().httpClientBuilder(AwsClients.http())),
        refusal);
  }

  /// A binary secret is read as an empty text.
  @Override
  public Optional<String> read(String name) {
    return failures.translate(
        "Reading " + address(name),
        "secretsmanager:GetSecretValue, and kms:Decrypt if it has its own key",
        () -> {
          try {
            String text = secrets.getSecretValue(request -> request.secretId(name)).secretString();
            return Optional.of(Objects.requireNonNullElse(text, ""));
          } catch (ResourceNotFoundException notFound) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void write(String name, String value) {
    failures.translate(
        "Writing " + address(name),
        "secretsmanager:PutSecretValue and secretsmanager:CreateSecret",
        () -> {
          try {
            return secrets.putSecretValue(request -> request.secretId(name).secretString(value));
          } catch (ResourceNotFoundException notFound) {
            return secrets.createSecret(request -> request.name(name).secretString(value));
          }
        });
  }

  /// The same call on the same secret with the same key, but without touching the current version.
  @Override
  public void ensureWritable(String name, String value) {
    failures.translate(
        "Writing " + address(name),
        "secretsmanager:PutSecretValue",
        () ->
            secrets.putSecretValue(
                request -> request.secretId(name).secretString(value).versionStages(PROBE_STAGE)));
  }

  @Override
  public String address(String name) {
    return "secretsmanager:" + name;
  }

  @Override
  public void close() {
    secrets.close();
  }
}
