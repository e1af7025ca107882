package dev.paceline.extract.record;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A hash of bytes, as 16 hexadecimal digits. Two 32-bit checksums: enough to detect a change, not
/// to prove equality.
final class ByteHash {

  private ByteHash() {}

  static String of(JsonSlice json) {
    CRC32 crc = new CRC32();
    crc.update(json.bytes(), json.start(), json.length());
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(json.bytes(), json.start(), json.length());
    return HexFormat.of().toHexDigits(crc.getValue() << Integer.SIZE | castagnoli.getValue());
  }
}
