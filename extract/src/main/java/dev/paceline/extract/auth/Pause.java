package dev.paceline.extract.auth;

import java.time.Duration;

/// How time passes while a run waits for another, or for a store.
@FunctionalInterface
public interface Pause {

  void take(Duration time) throws InterruptedException;
}
