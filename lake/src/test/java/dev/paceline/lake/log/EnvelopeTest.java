package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final Instant LONGEST_TIME = Instant.parse("2026-11-21T16:39:58.123456789Z");
  private static final String LONGEST_ACCOUNT = "a".repeat(63);
  private static final String LONGEST_KEY =
      "[\"%s\"]".formatted("k".repeat(RecordLimits.KEY_BYTES - 4));

  @Test
  void hasRoomForTheLongestRecordWithTheLongestKey() {
    byte[] line =
        Envelope.upsert(
            LONGEST_ACCOUNT, LONGEST_KEY, LONGEST_TIME, new byte[RecordLimits.RECORD_BYTES]);

    assertThat(line.length)
        .isBetween(RecordLimits.LINE_BYTES - 200, RecordLimits.LINE_BYTES)
        .isEqualTo(
            Envelope.upsert(LONGEST_ACCOUNT, "", LONGEST_TIME, new byte[0]).length
                + RecordLimits.KEY_BYTES
                + RecordLimits.RECORD_BYTES);
  }

  @Test
  void isNeverLongerThanALine() {
    byte[] data = new byte[RecordLimits.LINE_BYTES - overhead()];

    assertThat(Envelope.upsert("anna", "[1]", Instant.EPOCH, data)).hasSize(8 << 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.upsert("anna", "[1]", Instant.EPOCH, new byte[data.length + 1]))
        .withMessage("a line of 8388609 bytes, more than 8388608: [1]…");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.delete("anna", "k".repeat(8 << 20), Instant.EPOCH));
  }

  @Test
  void hasTheMembersOfARejectInPlaceOfData() {
    Reject reject = new Reject(500, "broken", "{}".getBytes(StandardCharsets.UTF_8));

    assertThat(
            new String(
                Envelope.reject("anna", "[\"a\",1]", Instant.EPOCH, reject),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"account\":\"anna\",\"key\":[\"a\",1],\"extracted_at\":\"1970-01-01T00:00:00Z\","
                + "\"op\":\"reject\",\"status\":500,\"reason\":\"broken\",\"body_base64\":\"e30=\"}");
  }

  private static int overhead() {
    return Envelope.upsert("anna", "[1]", Instant.EPOCH, new byte[0]).length;
  }
}
