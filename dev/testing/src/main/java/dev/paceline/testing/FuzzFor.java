package dev.paceline.testing;

import java.time.Duration;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/// Repeats a property with new values for as many seconds as the system property
/// `paceline.fuzz.seconds` says, or until it fails; once if that is not set.
public final class FuzzFor implements AroundPropertyHook {

  private static final Duration TIME = Duration.ofSeconds(Long.getLong("paceline.fuzz.seconds", 0));

  /// A class has it for all of its properties.
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    long start = System.nanoTime();
    PropertyExecutionResult result = property.execute();
    while (result.status() == PropertyExecutionResult.Status.SUCCESSFUL
        && System.nanoTime() - start < TIME.toNanos()) {
      result = property.execute();
    }
    return result;
  }
}
