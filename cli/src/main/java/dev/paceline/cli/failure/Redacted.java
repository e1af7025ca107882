package dev.paceline.cli.failure;

/// Addresses that are safe to print.
public final class Redacted {

  private Redacted() {}

  /// An address without the parts that may hold a secret: everything before an `@`, and the query.
  public static String address(String address) {
    String withoutQuery = address.replaceFirst("\\?.*", "?***");
    int at = withoutQuery.lastIndexOf('@');
    int slashes = withoutQuery.indexOf("//");
    return at < 0
        ? withoutQuery
        : withoutQuery.substring(0, slashes < 0 ? 0 : slashes + 2)
            + "***"
            + withoutQuery.substring(at);
  }
}
