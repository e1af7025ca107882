package dev.paceline.lake.vault;

import dev.paceline.lake.run.Exit;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// SSM's parameters.
final class ParameterVault implements Vault {

  private static final String SERVICE = "SSM";

  private final SsmClient ssm;
  private final Exit refusal;

  private ParameterVault(SsmClient ssm, Exit refusal) {
    this.ssm = ssm;
    this.refusal = refusal;
  }

  static ParameterVault connect(Exit refusal) {
    return new ParameterVault(
        Clients.connect(SERVICE, SsmClient.builder().httpClientBuilder(Clients.http())), refusal);
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
        () ->
            ssm.putParameter(request ->
                request.name(name).value(value).type(ParameterType.SECURE_STRING).overwrite(true)));
  }

  /// SSM has no dry run, and IAM's simulation needs rights of its own. So the value that is there
  /// is put once more: the same call on the same name, with the same keys. It costs a version of
  /// the hundred that SSM keeps, which push the oldest out.
  @Override
  public void rehearse(String name, String value) {
    write(name, value);
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
      throw new VaultFailure(SERVICE, doing, right, refusal).of(refused);
    }
  }
}
