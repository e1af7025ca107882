package dev.paceline.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.testing.AwsOnLoopback;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Secrets in SSM and in Secrets Manager, on moto.
@ParameterizedClass
@EnumSource(VaultTest.Kind.class)
class VaultTest {

  private final String name = "/paceline/" + UUID.randomUUID();
  private final Kind kind;

  VaultTest(Kind kind) {
    this.kind = kind;
  }

  @Test
  void readsWhatWasWritten() {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      assertThat(vault.read(name)).isEmpty();

      vault.write(name, "first");
      vault.write(name, "second");

      assertThat(vault.read(name)).contains("second");
    }
  }

  @Test
  void keepsTheStoredValueWhenCheckingWriteAccess() {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      vault.write(name, "value");

      vault.ensureWritable(name, "value");

      assertThat(vault.read(name)).contains("value");
    }
  }

  @Test
  void keepsAnotherRunsWriteWhenCheckingWriteAccess() {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      vault.write(name, "read before");
      vault.write(name, "another run's");

      vault.ensureWritable(name, "read before");

      assertThat(vault.read(name)).contains("another run's");
    }
  }

  @Test
  void noticesMissingWriteAccessInAdvance() {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      vault.write(name, "value");
    }
    try (AwsOnLoopback _ = AwsOnLoopback.allowing(kind.readAction);
        Vault vault = kind.open()) {
      assertThat(vault.read(name)).contains("value");

      assertRefused(() -> vault.ensureWritable(name, "value"), "access denied", kind.writeAction);
    }
  }

  @Test
  void saysWhichPermissionIsMissing() {
    try (AwsOnLoopback _ = AwsOnLoopback.allowing("s3:GetObject");
        Vault vault = kind.open()) {
      assertRefused(() -> vault.read(name), "access denied", kind.readAction);
      assertRefused(() -> vault.write(name, "hush"), "access denied", kind.writeAction);
    }
  }

  @Test
  void saysThatTheServiceCannotBeReached() {
    try (AwsOnLoopback _ = AwsOnLoopback.unreachable();
        Vault vault = kind.open()) {
      assertThatThrownBy(() -> vault.write(name, "hush"))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE))
          .hasMessageContaining(vault.address(name))
          .hasMessageContaining("cannot be reached")
          .hasMessageNotContaining("hush");
    }
  }

  private void assertRefused(ThrowingCallable call, String what, String remedy) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.REFUSED))
        .hasMessageContaining(name)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("hush");
  }

  enum Kind {
    SSM("ssm:GetParameter", "ssm:PutParameter") {
      @Override
      Vault open() {
        return Vault.ssm(Exit.REFUSED);
      }
    },
    SECRETS_MANAGER("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue") {
      @Override
      Vault open() {
        return Vault.secretsManager(Exit.REFUSED);
      }
    };

    private final String readAction;
    private final String writeAction;

    Kind(String readAction, String writeAction) {
      this.readAction = readAction;
      this.writeAction = writeAction;
    }

    abstract Vault open();
  }
}
