package dev.paceline.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.testing.AwsOnLoopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets by value and by reference.
class SecretTest {

  private final String key = "/paceline/" + UUID.randomUUID();

  @Test
  void isTheSettingItselfUnlessThatIsAReference() {
    assertThat(reveal("hush: a secret")).isEqualTo("hush: a secret");
  }

  @Test
  void isReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "hush\n");

    assertThat(reveal("file:" + file)).isEqualTo("hush");
  }

  @Test
  void isReadFromAFileWithAByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "\uFEFFhush\r\n");

    assertThat(reveal("file:" + file)).isEqualTo("hush");
  }

  @Test
  void saysThatAFileIsNotUtf8(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(folder.resolve("secret"), "\uFEFFhush".getBytes(StandardCharsets.UTF_16LE));

    assertRefused("file:" + file, "not UTF-8", "save it as UTF-8");
  }

  @Test
  void doesNotShowASecretThatIsTakenForAFile() {
    assertRefused("file:0123456789abcdefhush6789", "not shown", "create it");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertRefused("file:/no/such/file", "/no/such/file", "create it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void isNotEmpty(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), text);

    assertRefused("file:" + file, "it is empty", "correct PACELINE_X");
    assertRefused(text, "it is empty", "correct PACELINE_X");
  }

  @Test
  void isReadFromAFileEvenIfEveryoneCanReadIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(reveal("file:" + file)).isEqualTo("hush");
  }

  @Test
  void isReadFromSsm() {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      store(Vault.ssm(Exit.REFUSED), "\uFEFFhush\n");

      assertThat(reveal("ssm:" + key)).isEqualTo("hush");
    }
  }

  @Test
  void isReadFromSecretsManagerWholeOrByMember() {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      store(Vault.secretsManager(Exit.REFUSED), "{\"user\":\"me\",\"password\":\"hush\"}");

      assertThat(reveal("secretsmanager:" + key))
          .isEqualTo("{\"user\":\"me\",\"password\":\"hush\"}");
      assertThat(reveal("secretsmanager:" + key + "#password")).isEqualTo("hush");
      assertRefused("secretsmanager:" + key + "#pasword", "no such member", "after the #");
    }
  }

  @Test
  void saysThatASecretHasNoMembers() {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      store(Vault.secretsManager(Exit.REFUSED), "hush");

      assertRefused(
          "secretsmanager:" + key + "#password", "not a JSON object", "without #password");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssm:", "secretsmanager:"})
  void saysThatThereIsNoSecret(String kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.open()) {
      assertRefused(kind + key, kind + key, "correct PACELINE_X");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssm:", "secretsmanager:"})
  void saysThatAccessIsDenied(String kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.allowing("s3:GetObject")) {
      assertRefused(kind + key, "access denied", "grant these AWS credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssm:", "secretsmanager:"})
  void saysThatAwsCannotBeReached(String kind) {
    try (AwsOnLoopback _ = AwsOnLoopback.unreachable()) {
      assertThatThrownBy(() -> reveal(kind + key))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE));
    }
  }

  private void store(Vault opened, String value) {
    try (Vault vault = opened) {
      vault.write(key, value);
    }
  }

  private static String reveal(String setting) {
    return Secret.resolve("PACELINE_X", setting).reveal();
  }

  private static void assertRefused(String setting, String what, String remedy) {
    assertThatThrownBy(() -> reveal(setting))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessageContaining(what)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("hush");
  }
}
