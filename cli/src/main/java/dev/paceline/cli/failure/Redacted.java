package dev.paceline.cli.failure;

/// Addresses as they may be printed.
public final class Redacted {

  private Redacted() {}

  /// An address without what may be secret in it: whatever stands before an `@`, and the query.
  public static String address(String address) {
    String bare = address.replaceFirst("\\?.*", "?***");
    int at = bare.lastIndexOf('@');
    int slashes = bare.indexOf("//");
    return at < 0
        ? bare
        : bare.substring(0, slashes < 0 ? 0 : slashes + 2) + "***" + bare.substring(at);
  }
}
