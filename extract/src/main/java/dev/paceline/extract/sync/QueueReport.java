package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is still to be read.
///
/// @param records by stream
/// @param doneAt when it can all have been read at the earliest, by runs that go on as soon as the
///   budget allows; absent where nothing is left, or nothing known of the budget
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueReport(Map<String, Long> records, @Nullable Instant doneAt) {

  long total() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
