package dev.paceline.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder in which other processes create, rename and delete files while it is listed.
class VanishingFilesTest {

  @TempDir Path folder;

  /// A link to nothing is what a renamed file is: it is listed, and then there is nothing.
  @Test
  void writesAlthoughATemporaryFileIsGoneWhenItsTimeIsAsked() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve(".tmp"));
    Files.createSymbolicLink(temporary.resolve("put-gone"), folder.resolve("renamed"));
    Path old = Files.createFile(temporary.resolve("put-old"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    assertThat(new FileStore(folder).putIfAbsent("a", new byte[0])).isInstanceOf(Put.Stored.class);
    assertThat(old).as("the others are still deleted").doesNotExist();
  }

  @Test
  void writesAlthoughWhatAKilledRunLeftCannotBeDeleted() throws IOException {
    Path full = Files.createDirectories(folder.resolve(".tmp/not-ours"));
    Files.createFile(full.resolve("file"));
    Files.setLastModifiedTime(full, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    assertThat(new FileStore(folder).putIfAbsent("a", new byte[0])).isInstanceOf(Put.Stored.class);
  }

  @Test
  void listsWhatIsThereWhileFoldersComeAndGo() throws Exception {
    FileStore store = new FileStore(folder);
    store.putIfAbsent("bronze/strava/anna/part", new byte[0]);
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> churn = other.submit(() -> comeAndGo(done));
      try {
        for (int i = 0; i < 2_000; i++) {
          assertThat(store.list("bronze/", "")).contains("bronze/strava/anna/part");
          assertThat(store.folders("bronze/strava/")).contains("anna");
          assertThat(store.folders("bronze/strava/ben/")).isSubsetOf("ds");
        }
      } finally {
        done.set(true);
      }
      churn.get();
    }
  }

  private Void comeAndGo(AtomicBoolean done) throws IOException {
    Path ben = folder.resolve("bronze/strava/ben");
    while (!done.get()) {
      Path run = Files.createDirectories(ben.resolve("ds"));
      Path part = Files.createFile(run.resolve("part"));
      Files.delete(part);
      Files.delete(run);
      Files.delete(ben);
    }
    return null;
  }

  @Test
  void passesOverWhatHasDisappearedButNotOverWhatCannotBeRead() throws IOException {
    FileListing.Collector collector = new FileListing.Collector();

    assertThat(collector.visitFileFailed(folder, new NoSuchFileException("gone")))
        .isEqualTo(FileVisitResult.CONTINUE);
    assertThatThrownBy(() -> collector.visitFileFailed(folder, new AccessDeniedException("closed")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void listsNothingWhereThereIsNoFolder() throws IOException {
    Files.createFile(folder.resolve("file"));
    FileStore store = new FileStore(folder);

    assertThat(store.list("none/", "")).isEmpty();
    assertThat(store.folders("none/")).isEmpty();
    assertThat(store.list("file/", "")).isEmpty();
    assertThat(store.folders("file/")).isEmpty();
    assertThat(store.list("file/below/", "")).isEmpty();
    assertThat(store.folders("file/below/")).isEmpty();
  }
}
