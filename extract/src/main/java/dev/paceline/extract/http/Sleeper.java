package dev.paceline.extract.http;

import java.time.Duration;

/// How time passes: for tests at once.
@FunctionalInterface
public interface Sleeper {

  void sleep(Duration time) throws InterruptedException;
}
