package dev.paceline.load;

import dev.paceline.load.fixture.TestLake;
import dev.paceline.load.fixture.TestSource;
import dev.paceline.load.fixture.TestWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Gives every test its own lake, source and warehouse.
abstract class LoadTestCase {

  @TempDir Path folder = Path.of("");

  final TestWarehouse warehouse = new TestWarehouse();

  @BeforeEach
  void createSourcesFolder() throws IOException {
    Files.createDirectories(folder.resolve("sources"));
  }

  @AfterEach
  void dropWarehouse() {
    warehouse.close();
  }

  TestLake lake(String source) {
    return new TestLake(source, folder.resolve("lake"), "run-");
  }

  TestSource shop() {
    return new TestSource(folder.resolve("sources"));
  }

  Loading loading(TestLake lake) {
    return new Loading(folder)
        .with(lake, warehouse)
        .set("PACELINE_SOURCES", folder.resolve("sources").toString());
  }
}
