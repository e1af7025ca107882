package dev.paceline.extract.sync;

import dev.paceline.extract.record.JsonSlice;
import dev.paceline.lake.log.RecordLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the lines of a part, none of which takes more memory than a line may have.
final class LineReader {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /// The next line without its line feed; empty at the end.
  ///
  /// @throws MalformedLine if it is longer than a line may be
  Optional<JsonSlice> next() throws IOException, MalformedLine {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (line.size() == RecordLimits.LINE_BYTES) {
        throw new MalformedLine("a line has more than %d bytes".formatted(line.size()));
      }
      line.write(read);
    }
    return Optional.of(JsonSlice.of(line.toByteArray()));
  }
}
