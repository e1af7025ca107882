package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;

/// What a run found in one stream.
///
/// @param upserts new or changed records that were committed
/// @param deletes tombstones that were committed
/// @param rejects committed rejects: records that could not be read
/// @param unchanged records that the lake already had
public record StreamReport(
    long upserts,
    long deletes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long rejects,
    long unchanged) {

  static final StreamReport NOTHING = new StreamReport(0, 0, 0, 0);

  long records() {
    return upserts + deletes + rejects + unchanged;
  }

  StreamReport plus(long moreUpserts, long moreDeletes, long moreRejects, long moreUnchanged) {
    return new StreamReport(
        upserts + moreUpserts,
        deletes + moreDeletes,
        rejects + moreRejects,
        unchanged + moreUnchanged);
  }
}
