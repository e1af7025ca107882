package dev.paceline.load.contract;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.SourceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All that load knows about a source: its tables and its checks.
public record SourceContract(String source, List<TableContract> tables, List<Check> checks) {

  private static final String TABLES = "tables";
  private static final String CHECKS = "checks.yaml";

  public SourceContract {
    tables = List.copyOf(tables);
    checks = List.copyOf(checks);
    streams(tables); // refuses tables that contradict each other
  }

  public static SourceContract read(SourceFolder folder) {
    List<TableContract> tables = new ArrayList<>();
    for (String file : folder.list(TABLES)) {
      String name = TABLES + "/" + file;
      TableContract table = folder.read(name, TableContract.class);
      refuse(
          !file.equals(table.table() + ".yaml"),
          folder,
          name,
          "its table is called \"%s\"".formatted(table.table()));
      refuse(
          table.rows() != null, // stage can fill such a table, and no mode can publish it yet
          folder,
          name,
          "a table of the elements of a list (\"rows\") cannot be published");
      tables.add(table);
    }
    refuse(tables.isEmpty(), folder, TABLES, "there is no table contract");
    try {
      return new SourceContract(folder.source(), tables, checks(folder));
    } catch (IllegalArgumentException contradiction) {
      throw failure(folder, TABLES, String.valueOf(contradiction.getMessage()));
    }
  }

  private static List<Check> checks(SourceFolder folder) {
    return folder.read(CHECKS, ChecksFile.class).checks().stream()
        .map(entry ->
            new Check(
                entry.name(), entry.severity(), entry.description(), folder.read(entry.file())))
        .toList();
  }

  private static void refuse(boolean wrong, SourceFolder folder, String file, String what) {
    if (wrong) {
      throw failure(folder, file, what);
    }
  }

  private static Failure failure(SourceFolder folder, String file, String what) {
    return new Failure(
        Exit.CONFIGURATION,
        "Reading %s of the source %s".formatted(file, folder.source()),
        what,
        "correct the file");
  }

  /// The tables that each stream fills, by the name of the stream. A stream without a table stays
  /// in the lake.
  public Map<String, StreamTables> streams() {
    return streams(tables);
  }

  private static Map<String, StreamTables> streams(List<TableContract> tables) {
    Map<String, List<TableContract>> byStream =
        tables.stream()
            .collect(
                Collectors.groupingBy(TableContract::stream, TreeMap::new, Collectors.toList()));
    Map<String, StreamTables> streams = new TreeMap<>();
    byStream.forEach((stream, filled) -> streams.put(stream, new StreamTables(stream, filled)));
    return streams;
  }
}
