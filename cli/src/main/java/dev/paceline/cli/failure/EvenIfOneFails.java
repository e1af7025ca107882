package dev.paceline.cli.failure;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does something with all elements, e.g. closes them, even if it fails for one.
public final class EvenIfOneFails {

  private EvenIfOneFails() {}

  /// Throws the first failure after the last element; the others are suppressed in it.
  public static <T> void forEach(Iterable<T> all, Consumer<? super T> action) {
    @Nullable RuntimeException first = null;
    for (T each : all) {
      try {
        action.accept(each);
      } catch (RuntimeException failed) {
        if (first == null) {
          first = failed;
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
