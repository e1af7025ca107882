package dev.paceline.extract.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When an account will be complete: listed, with nothing left in its queue.
///
/// @param completeAt when that is; absent if none of the runs gets that far
/// @param runs how many runs it takes, or were forecast
/// @param calls how many calls those runs make for it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountForecast(String account, @Nullable Instant completeAt, int runs, long calls) {

  Optional<Instant> whenComplete() {
    return Optional.ofNullable(completeAt);
  }
}
