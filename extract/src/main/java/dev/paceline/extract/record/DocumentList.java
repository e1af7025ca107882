package dev.paceline.extract.record;

import dev.paceline.lake.log.RecordLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins the records of several pages into one list, as long as it fits into a line.
public final class DocumentList {

  private final ByteArrayOutputStream list = new ByteArrayOutputStream();
  private Content.@Nullable TooMuch tooMuch;

  public DocumentList() {
    list.write('[');
  }

  /// Adds the records of a page.
  public void add(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      if (tooMuch == null) {
        add(record);
      }
    }
  }

  private void add(SourceRecord record) {
    Misfit misfit = record.misfit();
    if (misfit != null) {
      tooMuch =
          new Content.TooMuch(misfit.reason(), record.json().beginning(Content.BEGINNING_BYTES));
      return;
    }
    if (list.size() > 1) {
      list.write(',');
    }
    list.writeBytes(record.raw());
    if (list.size() >= RecordLimits.RECORD_BYTES) {
      tooMuch =
          new Content.TooMuch(
              "its records have more than %d bytes".formatted(RecordLimits.RECORD_BYTES),
              JsonSlice.of(list.toByteArray()).beginning(Content.BEGINNING_BYTES));
      list.reset();
    }
  }

  /// The list.
  public Content content() {
    if (tooMuch != null) {
      return tooMuch;
    }
    byte[] json = list.toByteArray();
    json = Arrays.copyOf(json, json.length + 1);
    json[json.length - 1] = ']';
    try {
      return Document.read(JsonSlice.of(json));
    } catch (IOException impossible) {
      throw new IllegalStateException("Extracted records are not valid JSON.", impossible);
    }
  }
}
