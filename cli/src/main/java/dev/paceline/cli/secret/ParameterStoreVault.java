package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/// SSM Parameter Store.
final class ParameterStoreVault implements Vault {

  private static final String SERVICE = "SSM";

  private final SsmClient ssm;
  private final VaultFailures failures;

  private ParameterStoreVault(SsmClient ssm, Exit refusal) {
    this.ssm = ssm;
    this.failures = new VaultFailures(SERVICE, refusal);
  }

  static ParameterStoreVault connect(Exit refusal) {
    return new ParameterStoreVault(
        AwsClients.connect(SERVICE, SsmClient.builder().httpClientBuilder(AwsClients.http())),
        refusal);
  }

  @Override
  public Optional<String> read(String name) {
    return failures.translate(
        "Reading " + address(name),
        "ssm:GetParameter, and kms:Decrypt if it has its own key",
        () -> {
          try {
            return Optional.of(
                ssm.getParameter(request -> request.name(name).withDecryption(true))
                    .parameter()
                    .value());
          } catch (ParameterNotFoundException notFound) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void write(String name, String value) {
    failures.translate(
        "Writing " + address(name),
        "ssm:PutParameter",
        () -> ssm.putParameter(request -> request(request, name, value).overwrite(true)));
  }

  /// SSM has no dry run, and IAM's policy simulation needs permissions of its own. So this makes
  /// the same call on the same name, but without `overwrite`: without permission AWS denies access,
  /// and with it AWS reports that the name is taken. Nothing that another run has stored in between
  /// is overwritten, and no version is created. A probe under another name would need permissions
  /// that a policy for single names does not grant.
  @Override
  public void ensureWritable(String name, String value) {
    failures.translate(
        "Writing " + address(name),
        "ssm:PutParameter",
        () -> {
          try {
            return Optional.of(ssm.putParameter(request -> request(request, name, value)));
          } catch (ParameterAlreadyExistsException writable) {
            return Optional.empty();
          }
        });
  }

  private static PutParameterRequest.Builder request(
      PutParameterRequest.Builder request, String name, String value) {
    return request.name(name).value(value).type(ParameterType.SECURE_STRING);
  }

  @Override
  public String address(String name) {
    return "ssm:" + name;
  }

  @Override
  public void close() {
    ssm.close();
  }
}
