package dev.paceline.extract.sync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The logical date of a run, `ds`: the given one, otherwise the UTC date of the source's clock
/// when it is first needed. All accounts of a run have the same date.
public final class RunDate {

  private @Nullable LocalDate date;

  public RunDate(Optional<LocalDate> given) {
    this.date = given.orElse(null);
  }

  public LocalDate at(Instant now) {
    LocalDate known = date == null ? now.atZone(ZoneOffset.UTC).toLocalDate() : date;
    date = known;
    return known;
  }
}
