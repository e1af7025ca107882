package dev.paceline.cli.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that somebody may have meant.
public final class Nearest {

  private Nearest() {}

  /// The known name with the fewest letters typed wrongly; empty where more than a third would be.
  public static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(name -> slips(typed, name) <= (name.length() + 2) / 3)
        .min(Comparator.comparingInt(name -> slips(typed, name)));
  }

  /// A question to put behind a sentence; empty where nothing is near.
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /// Letters to add, drop or replace (Levenshtein's distance).
  private static int slips(String typed, String name) {
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
