package dev.paceline.load.contract;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.source.SourceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that load knows about a source: its tables and its checks.
public record SourceContract(String source, List<TableContract> tables, List<Check> checks) {

  private static final String TABLES = "tables";
  private static final String CHECKS = "checks.yaml";

  public SourceContract {
    tables = List.copyOf(tables);
    checks = List.copyOf(checks);
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
          tables.stream().anyMatch(other -> other.stream().equals(table.stream())),
          folder,
          name,
          "the stream \"%s\" already fills another table".formatted(table.stream()));
      tables.add(table);
    }
    refuse(tables.isEmpty(), folder, TABLES, "there is no table contract");
    return new SourceContract(folder.source(), tables, checks(folder));
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
      throw new Failure(
          Exit.CONFIGURATION,
          "Reading %s of the source %s".formatted(file, folder.source()),
          what,
          "correct the file");
    }
  }

  /// The table that a stream fills; empty if its records stay in the lake.
  public Optional<TableContract> tableOf(String stream) {
    return tables.stream().filter(table -> table.stream().equals(stream)).findFirst();
  }
}
