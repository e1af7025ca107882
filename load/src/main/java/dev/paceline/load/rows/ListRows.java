package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.contract.TableContract;
import java.io.IOException;

/// The rows of a table that has one for each element of a list in the record.
final class ListRows {

  private final TableRows rows;
  private final RowFormat format;
  private final StageRow row;
  private final MemberTree tree;
  private final MemberReader reader;

  ListRows(TableContract contract, RowFormat format, LineFields line, ByteBudget budget) {
    this.rows = new TableRows(contract, budget);
    this.format = format;
    this.tree = new MemberTree();
    this.row = new StageRow(contract, format, line, tree, new ExtraFields(rows.seen()));
    this.reader = new MemberReader(row.extraFields());
  }

  TableRows rows() {
    return rows;
  }

  MemberTree tree() {
    return tree;
  }

  /// Appends a row for each element of the list at the line's current token. Null is a list without
  /// elements. If the member occurs twice, the last one counts.
  void read(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    rows.reset();
    if (line.token() == JsonToken.VALUE_NULL) {
      return;
    }
    if (line.token() != JsonToken.START_ARRAY) {
      throw new Unfit("\"%s\" is not a list".formatted(rows.contract().rows()))
          .of(rows.contract().table());
    }
    long ordinal = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      ordinal++;
      try {
        readElement(line, ordinal);
      } catch (Unfit unfit) {
        throw unfit.inElement(ordinal).of(rows.contract().table());
      }
    }
  }

  private void readElement(Line line, long ordinal) throws IOException, Unfit {
    row.clear();
    if (line.token() != JsonToken.START_OBJECT) {
      throw new Unfit("\"%s\" contains what is not an object".formatted(rows.contract().rows()));
    }
    reader.read(line, tree);
    row.setOrdinal(ordinal);
    row.requireComplete();
    rows.append(row.upsert(), format);
  }
}
