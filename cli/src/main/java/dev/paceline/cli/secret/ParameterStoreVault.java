package dev.paceline.cli.secret;

import dev.paceline.cli.failure.Exit;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/// SSM's parameters.
final class ParameterStoreVault implements Vault {

  private static final String SERVICE = "SSM";

  private final SsmClient ssm;
  private final Exit refusal;

  private ParameterStoreVault(SsmClient ssm, Exit refusal) {
    this.ssm = ssm;
    this.refusal = refusal;
  }

  static ParameterStoreVault connect(Exit refusal) {
    return new ParameterStoreVault(
        AwsClients.connect(SERVICE, SsmClient.builder().httpClientBuilder(AwsClients.http())),
        refusal);
  }

  @Override
  public Optional<String> read(String name) {
    return attempt(
        "Reading " + address(name),
        "ssm:GetParameter, and kms:Decrypt where it has a key of its own",
        () -> {
          try {
            return Optional.of(
                ssm.getParameter(request -> request.name(name).withDecryption(true))
                    .parameter()
                    .value());
          } catch (ParameterNotFoundException absent) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void write(String name, String value) {
    attempt(
        "Writing " + address(name),
        "ssm:PutParameter",
        () -> ssm.putParameter(request -> request(request, name, value).overwrite(true)));
  }

  /// SSM has no dry run, and IAM's simulation needs rights of its own. So the same call is made on
  /// the same name, but without leave to overwrite: who may not write is told so first, who may is
  /// told that the name is taken. It can undo nothing that another run has stored meanwhile, and
  /// costs no version. A probe beside it would need rights that a policy of single names lacks.
  @Override
  public void ensureWritable(String name, String value) {
    attempt(
        "Writing " + address(name),
        "ssm:PutParameter",
        () -> {
          try {
            return Optional.of(ssm.putParameter(request -> request(request, name, value)));
          } catch (ParameterAlreadyExistsException taken) {
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

  private <T> T attempt(String doing, String right, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException refused) {
      throw new VaultFailures(SERVICE, doing, right, refusal).of(refused);
    }
  }
}
