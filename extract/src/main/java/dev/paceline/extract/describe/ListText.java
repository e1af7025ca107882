package dev.paceline.extract.describe;

import java.util.List;

/// Joins a list of words for use in a sentence.
final class ListText {

  private ListText() {}

  /// `a`, `a and b`, `a, b and c`.
  static String and(List<String> items) {
    return join(items, " and ");
  }

  /// `a`, `a or b`, `a, b or c`.
  static String or(List<String> items) {
    return join(items, " or ");
  }

  private static String join(List<String> items, String last) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1)) + last + items.getLast();
  }
}
