package dev.paceline.lake.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One numbered object in an account's log. What it lists exists, and nothing else does. Records
/// are ordered by (commit number, line), never by a clock.
///
/// @param number from 1, without gaps; the same as in the object's name
/// @param run the id of the run that made it
/// @param sequence which commit of that run it is, from 1; with `run` it shows who got a number
/// @param ds the logical date of the run
/// @param committedAt by the source's clock
/// @param api the version of the source's `api.yaml`
/// @param calls how many calls to the source its records cost
/// @param complete the streams of which the run had a complete listing when it made this commit;
///   the run may have completed others since
/// @param parts in the order in which their lines count
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Commit(
    long number,
    String source,
    String account,
    String run,
    int sequence,
    @Nullable Orchestrator orchestrator,
    LocalDate ds,
    Instant committedAt,
    String api,
    long calls,
    List<String> complete,
    List<Part> parts) {

  /// A record's `_seq` is the commit's number times this, plus its line's position in the commit.
  public static final long SEQUENCE_STEP = 10_000_000L;

  /// How many lines a commit can have at most: more could not be numbered.
  public static final long MAX_ROWS = SEQUENCE_STEP - 1;

  public Commit {
    complete = List.copyOf(complete);
    parts = List.copyOf(parts);
  }

  /// How many lines all parts have.
  public long rows() {
    return parts.stream().mapToLong(Part::rows).sum();
  }

  Commit withNumber(long newNumber) {
    return new Commit(
        newNumber,
        source,
        account,
        run,
        sequence,
        orchestrator,
        ds,
        committedAt,
        api,
        calls,
        complete,
        parts);
  }

  boolean isSameAs(Commit other) {
    return run.equals(other.run) && sequence == other.sequence;
  }
}
