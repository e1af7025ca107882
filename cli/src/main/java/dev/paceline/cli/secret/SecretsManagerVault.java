package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets Manager.
final class SecretsManagerVault implements Vault {

  private static final String SERVICE = "Secrets Manager";

  /// The label of a version that was only written to see whether it can be; `AWSCURRENT` stays
  /// where it is.
  private static final String PROBE_STAGE = "paceline-rehearsal";

  private final SecretsManagerClient secrets;
  private final Exit refusal;

  private SecretsManagerVault(SecretsManagerClient secrets, Exit refusal) {
    this.secrets = secrets;
    this.refusal = refusal;
  }

  static SecretsManagerVault connect(Exit refusal) {
    return new SecretsManagerVault(
        AwsClients.connect(
            SERVICE, SecretsManagerClient.builder().httpClientBuilder(AwsClients.http())),
        refusal);
  }

  /// A secret of bytes is told as an empty text.
  @Override
  public Optional<String> read(String name) {
    return attempt(
        "Reading " + address(name),
        "secretsmanager:GetSecretValue, and kms:Decrypt where it has a key of its own",
        () -> {
          try {
            String text = secrets.getSecretValue(request -> request.secretId(name)).secretString();
            return Optional.of(Objects.requireNonNullElse(text, ""));
          } catch (ResourceNotFoundException absent) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void write(String name, String value) {
    attempt(
        "Writing " + address(name),
        "secretsmanager:PutSecretValue and secretsmanager:CreateSecret",
        () -> {
          try {
            return secrets.putSecretValue(request -> request.secretId(name).secretString(value));
          } catch (ResourceNotFoundException absent) {
            return secrets.createSecret(request -> request.name(name).secretString(value));
          }
        });
  }

  /// The same call on the same secret with the same keys, but beside the version that is read.
  @Override
  public void ensureWritable(String name, String value) {
    attempt(
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

  private <T> T attempt(String doing, String right, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException refused) {
      throw new VaultFailures(SERVICE, doing, right, refusal).of(refused);
    }
  }
}
