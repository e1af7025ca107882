package dev.paceline.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.paceline.cli.Environment;
import dev.paceline.lake.Json;
import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import dev.paceline.load.fixture.TestWarehouse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs load's command line as in a process without a terminal, with lake and warehouse in its
/// environment.
final class Loading {

  private final Map<String, String> variables = new HashMap<>();
  private final Path folder;

  Loading(Path folder) {
    this.folder = folder;
  }

  Loading with(TestLake lake, TestWarehouse warehouse) {
    variables.putAll(lake.variables());
    set("PACELINE_LAKE", lake.uri()).set("PACELINE_WAREHOUSE", warehouse.url());
    return warehouse.password().isEmpty()
        ? this
        : set("PACELINE_WAREHOUSE_PASSWORD", warehouse.password());
  }

  Loading set(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  LoadRun load(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Environment environment = new Environment(variables, folder, out, out, false);
    int exit = Load.commandLine(environment).execute(arguments);
    String output = bytes.toString(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(output.lines().toList());
    try {
      String last = lines.isEmpty() || !lines.getLast().startsWith("{") ? "{}" : lines.getLast();
      return new LoadRun(exit, Json.MAPPER.readTree(last), output);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(output, malformed);
    }
  }
}
