package dev.paceline.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The sandbox's time in whole seconds. It follows the host's clock until it is held; a held clock
/// stands still and moves only when it is set or advanced.
public final class SandboxClock {
  private final InstantSource host;
  private @Nullable Instant held;

  public SandboxClock(@Nullable Instant held, InstantSource host) {
    this.held = held == null ? null : held.truncatedTo(ChronoUnit.SECONDS);
    this.host = host;
  }

  public synchronized Instant now() {
    return held == null ? host.instant().truncatedTo(ChronoUnit.SECONDS) : held;
  }

  /// The instant at which the clock is held, or null if it follows the host's.
  public synchronized @Nullable Instant held() {
    return held;
  }

  synchronized Instant hold(Instant at) {
    held = at.truncatedTo(ChronoUnit.SECONDS);
    return held;
  }

  synchronized Instant advance(Duration by) {
    return hold(now().plus(by));
  }
}
