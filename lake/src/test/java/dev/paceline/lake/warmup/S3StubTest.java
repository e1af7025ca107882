package dev.paceline.lake.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.lake.Lake;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.Stores;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The stub must behave as S3 does wherever a run depends on it.
final class S3StubTest {

  @Test
  void holdsALake() throws IOException {
    try (S3Stub s3 = S3Stub.start();
        ObjectStore store = Stores.open(S3Stub.LAKE, s3.variables())) {
      String id = Lake.openOrCreate(store).id(); // which probes conditional writes
      assertThat(Lake.open(store).id()).isEqualTo(id);
    }
  }

  @Test
  void writesAndDeletesOnlyWhatItsConditionAllows() throws IOException {
    try (S3Stub s3 = S3Stub.start();
        ObjectStore store = Stores.open(S3Stub.LAKE, s3.variables())) {
      assertThat(store.putIfAbsent("a", "1".getBytes(UTF_8))).isInstanceOf(Put.Stored.class);
      assertThat(store.putIfAbsent("a", "2".getBytes(UTF_8)))
          .isInstanceOf(Put.PreconditionFailed.class);
      assertThat(store.putIfMatch("b", "2".getBytes(UTF_8), "\"x\""))
          .isInstanceOf(Put.NotFound.class);
      assertThat(store.deleteIfMatch("a", "\"x\"")).isFalse();
      assertThat(store.deleteIfMatch("a", store.read("a").orElseThrow().etag())).isTrue();
      assertThat(store.read("a")).isEmpty();
    }
  }

  @Test
  void listsKeysAndFolders() throws IOException {
    try (S3Stub s3 = S3Stub.start();
        ObjectStore store = Stores.open(S3Stub.LAKE, s3.variables())) {
      for (String key : new String[] {"log/x/1.json", "log/x/2.json", "log/y/1.json"}) {
        store.putIfAbsent(key, key.getBytes(UTF_8));
      }
      assertThat(store.list("log/x/", "log/x/1.json")).containsExactly("log/x/2.json");
      assertThat(store.folders("log/")).containsExactly("x", "y");
      assertThat(store.open("log/y/1.json").readAllBytes())
          .asString(UTF_8)
          .isEqualTo("log/y/1.json");
    }
  }

  @Test
  void leavesTheSdksSettingsAsTheyWere() throws IOException {
    String before = String.valueOf(System.getProperty("aws.accessKeyId"));
    S3Stub.start().close();
    assertThat(String.valueOf(System.getProperty("aws.accessKeyId"))).isEqualTo(before);
  }

  @Test
  void makesTheFirstMessageOfATlsConnection() {
    assertThat(TlsHello.make()).isGreaterThan(100);
  }
}
