package dev.paceline.extract.sync;

/// What a run found in one stream.
///
/// @param upserts records that were new or had changed, and were committed
/// @param deletes tombstones that were committed
/// @param unchanged records that the lake already had
public record StreamReport(long upserts, long deletes, long unchanged) {

  static final StreamReport NOTHING = new StreamReport(0, 0, 0);

  StreamReport plus(long moreUpserts, long moreDeletes, long moreUnchanged) {
    return new StreamReport(
        upserts + moreUpserts, deletes + moreDeletes, unchanged + moreUnchanged);
  }
}
