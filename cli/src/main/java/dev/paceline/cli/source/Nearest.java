package dev.paceline.cli.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that was probably meant by a misspelled one.
public final class Nearest {

  private Nearest() {}

  /// The known name with the fewest wrong letters; empty if more than a third would be wrong.
  public static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(typed, name) <= (name.length() + 2) / 3)
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /// A question to append to a message; empty if no name is close enough.
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /// The number of letters to add, drop or replace (Levenshtein distance).
  private static int distance(String typed, String name) {
    int[] row = new int[name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= name.length(); j++) {
        int replaced = diagonal + (typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[name.length()];
  }
}
