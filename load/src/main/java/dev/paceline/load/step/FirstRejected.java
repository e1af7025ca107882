package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.rows.RejectedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Counts the rejected records of a load and keeps the first few, for the failure that ends it.
final class FirstRejected implements RejectedRecord.Sink {

  private static final int SHOWN = 5;

  private final String doing;
  private final ObjectStore store;
  private final List<RejectedRecord> first = new ArrayList<>();
  private long count;

  FirstRejected(String doing, ObjectStore store) {
    this.doing = doing;
    this.store = store;
  }

  @Override
  public void reject(RejectedRecord record) {
    count++;
    if (first.size() < SHOWN) {
      first.add(record);
    }
  }

  /// Fails if a record was rejected, naming the first ones.
  void refuse(String source) {
    if (count == 0) {
      return;
    }
    String shown = first.stream().map(this::describe).collect(Collectors.joining("; "));
    throw new Failure(
        Exit.UNUSABLE,
        doing,
        count == 1
            ? "a record does not fit its table: " + shown
            : "%,d records do not fit their tables: %s%s"
                .formatted(
                    count, shown, count > SHOWN ? "; and %,d more".formatted(count - SHOWN) : ""),
        "correct sources/%s/tables, or report it: nothing was staged or published"
            .formatted(source));
  }

  private String describe(RejectedRecord record) {
    return "%s %s, line %,d of %s, %s"
        .formatted(
            record.table(),
            record.key().orElse("without a key"),
            record.number(),
            store.address(record.part()),
            record.reason());
  }
}
