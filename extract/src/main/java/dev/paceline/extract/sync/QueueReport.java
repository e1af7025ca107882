package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is still to be read.
///
/// @param records by stream
/// @param doneAt the earliest time by which all of it can be read, by runs that resume as soon as
///   the budget allows; absent if nothing is left, or the budget is unknown
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueReport(Map<String, Long> records, @Nullable Instant doneAt) {

  long total() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
