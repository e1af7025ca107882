package dev.paceline.extract.listing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Link` header of a response (RFC 8288): `<https://…?page=2>; rel="next", <…>; rel="last"`.
final class LinkHeader {

  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";

  /// A target, and its parameters up to the next comma outside quotes.
  private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:[^,\"]|" + QUOTED + ")*+)");

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;,\"]+)\\s*(?:=\\s*(" + QUOTED + "|[^\\s;,\"]*))?");

  private LinkHeader() {}

  /// The target of the first link to the next page; empty if there is none.
  static Optional<String> next(String header) {
    Matcher links = LINK.matcher(header);
    while (links.find()) {
      if (isNext(links.group(2))) {
        return Optional.of(links.group(1));
      }
    }
    return Optional.empty();
  }

  /// Only the first `rel` counts; it may contain several relations.
  private static boolean isNext(String parameters) {
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      if (parameter.group(1).equalsIgnoreCase("rel")) {
        String relations = String.valueOf(parameter.group(2)).replace("\"", "");
        return (" " + relations.toLowerCase(Locale.ROOT) + " ").contains(" next ");
      }
    }
    return false;
  }
}
