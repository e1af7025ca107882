package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Query parameters as Strava reads them.
final class Parameters {
  private Parameters() {}

  /// A whole number, or the fallback where there is none.
  static long number(Context context, String name, long fallback) {
    String text = context.queryParam(name);
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw StravaFault.badRequest("Application", name, "invalid");
    }
  }

  /// `true`, `false`, and as Python writes them `True`, `False`.
  static boolean flag(Context context, String name, boolean fallback) {
    @Nullable String text = context.queryParam(name);
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw StravaFault.badRequest("Application", name, "invalid");
    };
  }
}
