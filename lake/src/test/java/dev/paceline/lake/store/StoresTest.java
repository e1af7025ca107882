package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.testing.MotoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

  @Test
  void createsAFolderThatOthersCannotRead(@TempDir Path folder) throws IOException {
    Stores.open(folder.resolve("lake").toUri().toString(), Map.of()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lake"))))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lake",
        "/lake",
        "file://host/lake",
        "file:///",
        "https://lake/x",
        "s3:///x",
        "a b"
      })
  void refusesWhatIsNotTheAddressOfALake(String uri) {
    assertThatThrownBy(() -> Stores.open(uri, Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE))
        .hasMessageContaining(uri)
        .hasMessageContaining("file:///dir or s3://bucket/prefix");
  }

  @Test
  void saysWhereItCannotWrite(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertThatThrownBy(() -> Stores.open(file.resolve("lake").toUri().toString(), Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE))
        .hasMessageContaining(file.toString());
  }

  @Test
  void saysWhichBucketIsMissing() {
    try (S3Store store = new S3Store(TestStore.s3(MotoServer.url()), "no-such-bucket", "")) {
      assertThatThrownBy(() -> store.list("log/", ""))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
          .hasMessageContaining("no-such-bucket");
    }
  }

  @Test
  void saysThatS3CannotBeReached() {
    try (S3Store store = new S3Store(TestStore.s3("http://127.0.0.1:1"), "bucket", "")) {
      assertThatThrownBy(() -> store.read("a"))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNAVAILABLE))
          .hasMessageContaining("s3://bucket/a");
    }
  }
}
