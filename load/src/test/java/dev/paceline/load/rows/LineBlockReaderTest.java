package dev.paceline.load.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.RecordLimits;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of any length arrive whole, in order, and one after the other.
final class LineBlockReaderTest {

  private static final int MAX = RecordLimits.LINE_BYTES;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void linesOfAnyLengthArriveAsTheyWere(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(900_000) : random.nextInt(2_000);
      lines.add(line(random, length));
    }
    assertThat(read(part(lines, seed % 2 == 0)))
        .usingElementComparator(Texts::compare)
        .containsExactlyElementsOf(lines.stream().map(bytes -> new Text(bytes, false)).toList());
  }

  @Test
  void severalOfTheLongestLinesArriveAndWhatIsLongerIsCut() throws IOException {
    Random random = new Random(7);
    List<byte[]> lines = new ArrayList<>();
    List<Text> expected = new ArrayList<>();
    for (int length : new int[] {MAX, 5, MAX, MAX + 1, 0, MAX + 300_000, MAX - 1, 3 * MAX, 9}) {
      byte[] line = line(random, length);
      lines.add(line);
      expected.add(
          length <= MAX
              ? new Text(line, false)
              : new Text(Arrays.copyOf(line, RejectedRecord.LINE_BYTES), true));
    }
    assertThat(read(part(lines, true)))
        .usingElementComparator(Texts::compare)
        .containsExactlyElementsOf(expected);
    assertThat(read(part(lines.subList(0, 8), false))).hasSize(8);
  }

  @Test
  void aPartWithAnotherNumberOfLinesIsRefused() throws IOException {
    Part part = part(List.of(new byte[] {'a'}, new byte[] {'b'}), true);
    Part wrong = new Part(part.stream(), part.key(), 3, part.bytes(), part.sha256());
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> read(wrong))
        .withMessageContaining("it has 2 lines, its commit says 3");
  }

  /// A line, and whether it was cut.
  @SuppressWarnings("ArrayRecordComponent") // compared by Texts
  private record Text(byte[] bytes, boolean cut) {}

  private static final class Texts {
    static int compare(Text one, Text other) {
      return one.cut() == other.cut()
          ? Arrays.compare(one.bytes(), other.bytes())
          : Boolean.compare(one.cut(), other.cut());
    }
  }

  /// Half of the lines are ASCII.
  private static byte[] line(Random random, int length) {
    byte[] line = new byte[length];
    random.nextBytes(line);
    boolean ascii = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      line[i] = ascii ? (byte) (line[i] & 0x7F) : line[i];
      line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
    }
    return line;
  }

  private Part part(List<byte[]> lines, boolean lastHasLineFeed) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < lines.size(); i++) {
        gzip.write(lines.get(i));
        if (lastHasLineFeed || i < lines.size() - 1) {
          gzip.write('\n');
        }
      }
    }
    String key = "part-%d.jsonl.gz".formatted(packed.size());
    Files.write(folder.resolve(key), packed.toByteArray());
    return new Part("things", key, lines.size(), packed.size(), sha256(packed.toByteArray()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private List<Text> read(Part part) {
    List<Text> lines = new ArrayList<>();
    try (ObjectStore store = Stores.open("file://" + folder, Map.of());
        LineBlockReader blocks = new LineBlockReader(store, List.of(part))) {
      for (Optional<LineBlock> next = blocks.next(); next.isPresent(); next = blocks.next()) {
        LineBlock block = next.get();
        for (int i = 0; i < block.lines(); i++) {
          byte[] line = Arrays.copyOfRange(block.bytes(), block.startOf(i), block.endOf(i));
          lines.add(new Text(line, block.isCut()));
          if (!block.isCut()) {
            boolean ascii =
                new String(line, StandardCharsets.ISO_8859_1).chars().allMatch(c -> c < 0x80);
            assertThat(block.isAscii(i)).isEqualTo(ascii);
          }
        }
        blocks.release(block);
      }
    }
    return lines;
  }
}
