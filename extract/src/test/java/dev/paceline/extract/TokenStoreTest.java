package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.secret.Vault;
import dev.paceline.testing.AwsOnLoopback;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Complete runs with tokens in AWS or in the environment.
class TokenStoreTest extends SyncTestCase {

  private final String prefix = "/paceline/" + UUID.randomUUID();

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsARenewedTokenWhereItWasFound(Kind kind) {
    store(kind, "{\"refresh_token\":\"refresh-0\",\"scope\":\"read,activity:read\"}");
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertThat(sync("--tokens", kind.address + prefix)).isZero();
    }
    assertThat(kept(kind)).contains("refresh-1", "access-1", "read,activity:read");
    assertThat(output()).doesNotContain("refresh-", "access-");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void acceptsARefreshTokenAlone(Kind kind) {
    store(kind, "refresh-0\n");
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertThat(sync("--tokens", kind.address + prefix + "/")).isZero();
    }
    assertThat(kept(kind)).contains("refresh-1");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void renewsNoTokenThatItCannotStore(Kind kind) {
    store(kind, "refresh-0");
    try (AwsOnLoopback _ = AwsOnLoopback.allowing(kind.readAction)) {
      assertThat(sync("--verbose", "--tokens", kind.address + prefix)).isEqualTo(77);
    }
    assertThat(api.tokenCalls()).isZero();
    assertThat(remedy()).contains(kind.writeAction);
    assertThat(kept(kind)).isEqualTo("refresh-0");
    assertThat(output()).doesNotContain("refresh-0", "\tat ");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void namesTheCommandWhenThereIsNoToken(Kind kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertThat(sync("--tokens", kind.address + prefix)).isEqualTo(77);
    }
    assertThat(remedy()).endsWith("extract authorize strava --account anna");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void reportsThatAwsCannotBeReached(Kind kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.unreachable()) {
      assertThat(sync("--tokens", kind.address + prefix)).isEqualTo(69);
    }
    assertThat(account().path("error").path("doing").asText()).contains(prefix + "/strava-anna");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void quotesNothingOfAnInvalidToken(Kind kind) {
    store(kind, "{\"refresh_token\":\"refresh-0\",");
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertThat(sync("--verbose", "--tokens", kind.address + prefix)).isEqualTo(77);
    }
    assertThat(output()).contains("not a JSON object with a token").doesNotContain("refresh-0");
  }

  @Test
  void renewsATokenInTheEnvironmentForThisRunAndWarns() {
    variables.put("PACELINE_STRAVA_TOKEN_ANNA", "refresh-0");

    assertThat(sync("--tokens", "env:")).isZero();

    assertThat(api.tokenCalls()).isEqualTo(1);
    assertThat(output())
        .contains("read-only", "lost after this run", "extract authorize strava --account anna")
        .doesNotContain("refresh-", "access-");
  }

  @Test
  void doesNotWarnWhenTheRefreshTokenStays() {
    variables.put("PACELINE_STRAVA_TOKEN_ANNA", "{\"refresh_token\":\"refresh-0\"}");
    api.returnsTokenResponse("{\"access_token\":\"access-0\",\"expires_at\":4102444800}");

    assertThat(sync("--tokens", "env:")).isZero();

    assertThat(output()).doesNotContain("read-only");
  }

  @Test
  void usesAnAccessTokenInTheEnvironmentWhileItIsValid() {
    variables.put(
        "PACELINE_STRAVA_TOKEN_ANNA",
        "{\"refresh_token\":\"refresh-0\",\"access_token\":\"access-0\",\"expires_at\":%d}"
            .formatted(Instant.now().plusSeconds(7_200).getEpochSecond()));

    assertThat(sync("--tokens", "env:")).isZero();

    assertThat(api.tokenCalls()).isZero();
  }

  @Test
  void refusesTwoAccountsWithOneVariable() {
    variables.put("PACELINE_STRAVA_TOKEN_A_B", "refresh-0");

    assertThat(sync("--tokens", "env:", "--account", "a-b", "--account", "a_b")).isEqualTo(78);
  }

  private void store(Kind kind, String token) {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      vault.write(prefix + "/strava-anna", token);
    }
  }

  private String kept(Kind kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.open();
        Vault vault = kind.open()) {
      return vault.read(prefix + "/strava-anna").orElseThrow();
    }
  }

  private String remedy() {
    return account().path("error").path("remedy").asText();
  }

  enum Kind {
    SSM("ssm:", "ssm:GetParameter", "ssm:PutParameter") {
      @Override
      Vault open() {
        return Vault.ssm(Exit.REFUSED);
      }
    },
    SECRETS_MANAGER(
        "secretsmanager:", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue") {
      @Override
      Vault open() {
        return Vault.secretsManager(Exit.REFUSED);
      }
    };

    private final String address;
    private final String readAction;
    private final String writeAction;

    Kind(String address, String readAction, String writeAction) {
      this.address = address;
      this.readAction = readAction;
      this.writeAction = writeAction;
    }

    abstract Vault open();
  }
}
