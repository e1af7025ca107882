package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads query parameters and the `Authorization` header as Strava does.
final class Parameters {
  private Parameters() {}

  /// What follows the scheme in the `Authorization` header.
  static String credentials(Context context, String scheme) {
    String authorization = context.header("Authorization");
    if (authorization == null || !authorization.startsWith(scheme)) {
      throw StravaException.unauthorized();
    }
    return authorization.substring(scheme.length()).strip();
  }

  /// A whole number, or the fallback if the parameter is absent.
  static long number(Context context, String name, long fallback) {
    String text = context.queryParam(name);
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw StravaException.badRequest("Application", name, "invalid");
    }
  }

  /// The values between the commas; empty if the parameter is absent.
  static List<String> list(Context context, String name) {
    String text = context.queryParam(name);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1)).filter(each -> !each.isEmpty()).toList();
  }

  /// `true` or `false`, also capitalised as Python writes them.
  static boolean flag(Context context, String name, boolean fallback) {
    @Nullable String text = context.queryParam(name);
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw StravaException.badRequest("Application", name, "invalid");
    };
  }
}
