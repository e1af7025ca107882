package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGTERM and Ctrl-C ask a run to stop at the next safe point: it commits what it has, reports,
/// and exits 75. A run that has not ended in time is terminated, which loses as little as a kill.
public final class StopSignal {

  /// ECS sends SIGKILL 30 seconds after SIGTERM.
  private static final Duration GRACE = Duration.ofSeconds(25);

  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int exitCode = Exit.TRY_AGAIN.code();

  /// Listens until the process ends.
  public void install() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-signal").unstarted(this::stop));
  }

  /// Whether the run was asked to stop.
  public boolean isRequested() {
    return requested;
  }

  /// Asks the run to stop.
  public void request() {
    requested = true;
  }

  /// Notes that the run has ended with this code, so that a shutdown need not wait any longer.
  public void ended(int code) {
    exitCode = code;
    ended.countDown();
  }

  private void stop() {
    boolean runHasEnded = ended.getCount() == 0;
    if (runHasEnded) {
      return; // the normal exit: System.exit has the code
    }
    request();
    LOG.info("Asked to stop: what was read is committed after the call that is being made.");
    try {
      if (ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
