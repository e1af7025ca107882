package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.testing.MotoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

  @Test
  void createsAFolderThatOthersCannotRead(@TempDir Path folder) throws IOException {
    try (ObjectStore store = Stores.open(folder.resolve("lake").toUri().toString(), Map.of())) {
      store.putIfAbsent("a", new byte[0]);
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lake"))))
        .isEqualTo("rwx------");
  }

  @Test
  void createsNothingToRead(@TempDir Path folder) {
    Path typo = folder.resolve("ty/po");
    try (ObjectStore store = Stores.open(typo.toUri().toString(), Map.of())) {
      assertThat(store.read("lake.json")).isEmpty();
      assertThat(store.list("log/", "")).isEmpty();
      assertThat(store.folders("log/")).isEmpty();
      assertThatThrownBy(() -> store.open("bronze/part")).isInstanceOf(Failure.class);
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void readsAFolderThatNobodyCanWrite(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("lake.json"), "here");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (ObjectStore store = Stores.open(folder.toUri().toString(), Map.of())) {
      assertThat(store.read("lake.json")).isPresent();
      assertThat(folder).isDirectoryContaining(file -> file.endsWith("lake.json"));
      assertThat(folder.resolve(".tmp")).doesNotExist();
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void deletesWhatAKilledWriterLeftADayAgo(@TempDir Path folder) throws IOException {
    Path temporary = Files.createDirectory(folder.resolve(".tmp"));
    Path old = Files.createFile(temporary.resolve("put-old"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path recent = Files.createFile(temporary.resolve("put-recent"));
    try (ObjectStore store = Stores.open(folder.toUri().toString(), Map.of())) {
      assertThat(old).as("before the first write").exists();
      store.putIfAbsent("a", new byte[0]);
    }

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lake",
        "file:///lake%00",
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

    ObjectStore store = Stores.open(file.resolve("lake").toUri().toString(), Map.of());
    assertThat(store.read("lake.json")).as("a file has nothing below it").isEmpty();
    assertThatThrownBy(() -> store.putIfAbsent("a", new byte[0]))
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
