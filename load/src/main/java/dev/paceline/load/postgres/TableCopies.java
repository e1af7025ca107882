package dev.paceline.load.postgres;

import dev.paceline.cli.failure.EvenIfOneFails;
import dev.paceline.load.rows.TableRows;
import java.util.ArrayList;
import java.util.List;

/// The COPYs into the stage tables of one stream. Closing it without [#finish] leaves the tables
/// empty.
public final class TableCopies implements AutoCloseable {

  private final List<TableCopy> copies = new ArrayList<>();

  TableCopies() {}

  void add(TableCopy copy) {
    copies.add(copy);
  }

  /// Sends the rows of those tables that have enough to be worth it.
  ///
  /// @param tables in the order of the copies
  public void sendFull(List<TableRows> tables) {
    for (int i = 0; i < copies.size(); i++) {
      if (tables.get(i).isFull()) {
        copies.get(i).send(tables.get(i).buffer());
      }
    }
  }

  /// Sends the remaining rows and commits them.
  public void finish(List<TableRows> tables) {
    for (int i = 0; i < copies.size(); i++) {
      TableRows table = tables.get(i);
      copies.get(i).send(table.buffer());
      copies.get(i).finish(table.count());
    }
  }

  @Override
  public void close() {
    EvenIfOneFails.forEach(copies, TableCopy::close);
  }
}
