package dev.paceline.lake.log;

import java.util.Arrays;

/// Why a record of the source is not in the lake, and what came in its place.
///
/// @param status of the answer
/// @param reason in a few words
/// @param bodyBase64 the answer's first 64 KiB
@SuppressWarnings("ArrayRecordComponent") // Jackson writes it in base 64; never compared
public record Reject(int status, String reason, byte[] bodyBase64) {

  private static final int MAX_BYTES = 64 << 10;

  public Reject {
    bodyBase64 = Arrays.copyOf(bodyBase64, Math.min(bodyBase64.length, MAX_BYTES));
  }
}
