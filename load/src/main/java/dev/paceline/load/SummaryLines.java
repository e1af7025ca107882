package dev.paceline.load;

import java.util.ArrayList;
import java.util.List;

/// The summary of a run for a terminal: a few plain lines.
final class SummaryLines {

  private final List<String> lines = new ArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  String text() {
    return String.join(System.lineSeparator(), lines);
  }
}
