package dev.paceline.cli.retry;

import java.time.Duration;

/// Sleeps; tests replace it to return immediately.
@FunctionalInterface
public interface Sleeper {

  void sleep(Duration time) throws InterruptedException;
}
