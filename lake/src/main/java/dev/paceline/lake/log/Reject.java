package dev.paceline.lake.log;

import java.util.Arrays;

/// Why a record of the source is not in the lake, and what the source sent instead.
///
/// @param status of the response
/// @param reason in a few words
/// @param bodyBase64 the first 64 KiB of the response body
@SuppressWarnings("ArrayRecordComponent") // Jackson writes it as base64; never compared
public record Reject(int status, String reason, byte[] bodyBase64) {

  private static final int MAX_BYTES = 64 << 10;

  public Reject {
    bodyBase64 = Arrays.copyOf(bodyBase64, Math.min(bodyBase64.length, MAX_BYTES));
  }
}
