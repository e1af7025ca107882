package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// SIGTERM and Ctrl-C ask a run to end at the next safe point: it commits what it has, reports, and
/// exits 75. What has not ended by then is cut off, as by a kill, and loses as little.
public final class StopSignal {

  /// ECS sends SIGKILL 30 seconds after SIGTERM.
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int exitCode = Exit.TRY_AGAIN.code();

  /// Listens for the rest of the process.
  public void install() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-signal").unstarted(this::stop));
  }

  /// Whether the run was asked to end.
  public boolean isRequested() {
    return requested;
  }

  /// Asks for the end.
  public void request() {
    requested = true;
  }

  /// The run has ended, with this code: a shutdown need not wait any longer.
  public void ended(int code) {
    exitCode = code;
    ended.countDown();
  }

  private void stop() {
    boolean ranToItsEnd = ended.getCount() == 0;
    if (ranToItsEnd) {
      return; // the ordinary way out: System.exit has the code
    }
    request();
    try {
      if (ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
    }
  }
}
