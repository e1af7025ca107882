package dev.paceline.cli.failure;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that the user can act on: what was being done and with which value, what went wrong,
/// and what to do next. It is printed as one sentence without a stack trace. Anything else thrown
/// is a bug and keeps its trace.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final String doing;
  private final String what;
  private final String remedy;
  private final @Nullable Instant resumeAt;

  /// A failure and the three parts of its sentence.
  ///
  /// @param doing what was being done and with which value, e.g. `Reading file:///lake/log/…`
  /// @param what what went wrong, e.g. `permission denied`; lower case, no full stop
  /// @param remedy what to do next, in the imperative; lower case, no full stop
  public Failure(Exit exit, String doing, String what, String remedy) {
    this(exit, doing, what, remedy, null, null);
  }

  public Failure(Exit exit, String doing, String what, String remedy, Throwable cause) {
    this(exit, doing, what, remedy, null, cause);
  }

  private Failure(
      Exit exit,
      String doing,
      String what,
      String remedy,
      @Nullable Instant resumeAt,
      @Nullable Throwable cause) {
    super("%s: %s; %s.".formatted(doing, what, remedy), cause);
    this.exit = exit;
    this.doing = doing;
    this.what = what;
    this.remedy = remedy;
    this.resumeAt = resumeAt;
  }

  /// Busy or out of budget: running the same command at `resumeAt` or later gets further.
  public static Failure tryAgain(String doing, String what, String remedy, Instant resumeAt) {
    return new Failure(Exit.TRY_AGAIN, doing, what, remedy, resumeAt, null);
  }

  public Exit exit() {
    return exit;
  }

  public String doing() {
    return doing;
  }

  public String what() {
    return what;
  }

  public String remedy() {
    return remedy;
  }

  public Optional<Instant> resumeAt() {
    return Optional.ofNullable(resumeAt);
  }
}
