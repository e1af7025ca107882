package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.paceline.lake.JsonFault;
import dev.paceline.lake.log.Envelope;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.RecordLimits;
import dev.paceline.lake.log.Utf8Validator;
import dev.paceline.load.contract.StreamTables;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.MemberTree.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Turns the lines of one stream into rows of the tables that it fills: the value of each column by
/// its path, and what has no column as [ExtraFields]. Each line is read once, and becomes rows of
/// all its tables or of none. Holds one record at a time, so memory does not grow with the data.
public final class Projection {

  private final RowFormat format;
  private final ByteBudget budget = new ByteBudget();
  private final LineFields fields;
  private final EnvelopeReader envelope;
  private final MemberTree tree = new MemberTree();
  private final MemberReader reader;
  private final List<StageRow> records = new ArrayList<>();
  private final List<TableRows> recordRows = new ArrayList<>();

  /// In the order of the contracts.
  private final List<TableRows> tables = new ArrayList<>();

  public Projection(StreamTables stream, RowFormat format) {
    this.format = format;
    this.fields = new LineFields(stream, format);
    this.envelope = new EnvelopeReader(fields);
    for (TableContract contract : stream.tables()) {
      if (contract.rows() == null) {
        recordRows.add(new TableRows(contract, budget));
        tables.add(recordRows.getLast());
      } else {
        ListRows list = new ListRows(contract, format, fields, budget);
        tree.add(List.of(contract.rows().split("\\."))).list = list;
        tables.add(list.rows());
      }
    }
    if (recordRows.isEmpty()) {
      this.reader = new MemberReader(null);
      return;
    }
    // What no table has a column for or ignores is kept by every table with a row for the record.
    ExtraFields extraFields = new ExtraFields(recordRows.getFirst().seen());
    this.reader = new MemberReader(extraFields);
    for (TableRows rows : recordRows) {
      records.add(new StageRow(rows.contract(), format, fields, tree, extraFields));
    }
  }

  /// The rows that wait to be sent, by table.
  public List<TableRows> tables() {
    return tables;
  }

  /// Appends the rows of a line. A line that does not fit leaves nothing behind.
  ///
  /// @param block the block and index of the line
  /// @param account whose log the line's commit is in
  /// @param seq the commit's number and the line's position in it
  public void append(LineBlock block, int index, byte[] account, long seq) throws Unfit {
    tables.forEach(TableRows::mark);
    budget.start();
    try {
      if (block.isCut()) {
        throw new Unfit("the line is longer than %d MiB".formatted(RecordLimits.LINE_BYTES >> 20));
      }
      int offset = block.startOf(index);
      int length = block.endOf(index) - offset;
      if (!block.isAscii(index)) {
        rejectInvalidUtf8(block.bytes(), offset, length);
      }
      fields.start(account, seq);
      records.forEach(StageRow::clear);
      appendRows(readLine(block.bytes(), offset, length));
      tables.forEach(TableRows::keep);
    } catch (Unfit unfit) {
      tables.forEach(TableRows::reset);
      throw unfit;
    }
  }

  private void rejectInvalidUtf8(byte[] bytes, int offset, int length) throws Unfit {
    int invalid = Utf8Validator.firstInvalid(bytes, offset, length);
    if (invalid != Utf8Validator.VALID) {
      throw unfitAt(
          "its byte %d, %02X, is not valid UTF-8".formatted(invalid - offset + 1, bytes[invalid]),
          MemberPath.of(bytes, offset, length, invalid));
    }
  }

  /// Why a line was rejected, and what it was.
  ///
  /// @param number of the line in its part, counted from 1
  public RejectedRecord rejected(
      Unfit unfit, LineBlock block, int index, String account, Part part, long number) {
    int offset = block.startOf(index);
    int length = block.endOf(index) - offset;
    return new RejectedRecord(
        Optional.ofNullable(unfit.table()).orElseGet(() -> tables.getFirst().contract().table()),
        account,
        EnvelopeReader.findKey(block.bytes(), offset, length),
        part.key(),
        number,
        Arrays.copyOfRange(
            block.bytes(), offset, offset + Math.min(length, RejectedRecord.LINE_BYTES)),
        String.valueOf(unfit.getMessage()),
        Optional.ofNullable(unfit.column()));
  }

  /// Returns whether the line is a tombstone.
  private boolean readLine(byte[] bytes, int offset, int length) throws Unfit {
    try (Line line = new Line(bytes, offset, length)) {
      try {
        return readEnvelope(line);
      } catch (StreamConstraintsException tooMuch) {
        String limit = tooMuch.getOriginalMessage().replaceFirst(", from .*", ")");
        List<String> path = MemberPath.of(line.parser().getParsingContext());
        // At a name that is too long, the path still has the member before it.
        boolean inName = limit.startsWith("Name") && !path.isEmpty();
        throw unfitAt(
            "it exceeds a limit: " + limit, inName ? path.subList(0, path.size() - 1) : path);
      }
    } catch (JacksonException malformed) {
      throw new Unfit("the line is not valid JSON: " + JsonFault.what(malformed));
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", impossible);
    }
  }

  private boolean readEnvelope(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    boolean tombstone = envelope.readHead(line);
    if (!tombstone) {
      EnvelopeReader.expectData(parser);
      reader.read(line, tree);
    }
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw new Unfit("its envelope has \"%s\" after its end".formatted(parser.currentName()));
    }
    if (parser.nextToken() != null) {
      throw new Unfit("something follows the record on its line");
    }
    return tombstone;
  }

  private void appendRows(boolean tombstone) throws Unfit {
    for (int i = 0; i < records.size(); i++) {
      StageRow row = records.get(i);
      if (!tombstone) {
        row.requireComplete();
      }
      recordRows.get(i).append(tombstone ? row.delete() : row.upsert(), format);
    }
  }

  /// A rejection that names the column of the member at a path of the line.
  private Unfit unfitAt(String reason, List<String> path) {
    if (path.isEmpty()) {
      return new Unfit("the line is not valid JSON: " + reason);
    }
    return path.getFirst().equals(Envelope.DATA)
        ? columnOf(new Unfit(reason), path.subList(1, path.size()))
        : new Unfit("the envelope's \"%s\": %s".formatted(path.getFirst(), reason));
  }

  private Unfit columnOf(Unfit unfit, List<String> path) {
    MemberTree level = tree;
    String table = tables.getFirst().contract().table();
    for (String name : path) {
      Member member = level.find(name);
      if (member.field != null) {
        return unfit.in(member.field.column(), null).of(table);
      }
      if (member.list != null) {
        level = member.list.tree();
        table = member.list.rows().contract().table();
      } else if (member.inner != null) {
        level = member.inner;
      } else {
        return unfit
            .in(member.ignored ? String.join(".", path) : StageColumns.REST, null)
            .of(table);
      }
    }
    return unfit.in(StageColumns.REST, null).of(table);
  }
}
