package dev.paceline.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/// A progress line on a terminal, rewritten in place while a run is in progress. Prints nothing
/// elsewhere: there the log has each commit and step.
public final class Progress implements AutoCloseable {

  private static final Duration MIN_INTERVAL = Duration.ofMillis(200);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final boolean enabled;
  private long lastNanos = System.nanoTime();
  private boolean lineShown;

  public Progress(Environment environment) {
    this(environment.err(), environment.isTerminal());
  }

  private Progress(PrintStream err, boolean enabled) {
    this.err = err;
    this.enabled = enabled;
  }

  /// Progress that nobody sees, not even on a terminal.
  public static Progress hidden() {
    return new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
  }

  /// Whether there is a terminal to show a line on.
  public boolean isShown() {
    return enabled;
  }

  /// Shows a line, at most five times a second.
  public void show(Supplier<String> line) {
    if (!enabled || System.nanoTime() - lastNanos < MIN_INTERVAL.toNanos()) {
      return;
    }
    lastNanos = System.nanoTime();
    lineShown = true;
    err.print(CLEAR + line.get());
    err.flush();
  }

  /// Clears the line.
  @Override
  public void close() {
    if (lineShown) {
      err.print(CLEAR);
      err.flush();
      lineShown = false;
    }
  }
}
