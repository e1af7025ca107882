package dev.paceline.load.rows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/// The members of a record that have no column, as one JSON object with the record's own nesting. A
/// level is opened at its first such member, so a record without any costs nothing.
final class ExtraFields {

  private final GrowableBuffer json = new GrowableBuffer(256);
  private final List<String> path = new ArrayList<>();
  private final Drift drift;
  private int openLevels;
  private boolean needsComma;
  private boolean ended;

  ExtraFields(Drift drift) {
    this.drift = drift;
  }

  void clear() {
    json.clear();
    path.clear();
    openLevels = 0;
    needsComma = false;
    ended = false;
  }

  void enter(String name) {
    path.add(name);
  }

  void leave() {
    if (openLevels == path.size()) {
      json.putByte('}');
      openLevels--;
      needsComma = true;
    }
    path.removeLast();
  }

  /// Writes the name of a member at the current level; the caller appends its value.
  GrowableBuffer member(String name) throws Unfit {
    if (isEmpty()) {
      json.putByte('{');
    }
    while (openLevels < path.size()) {
      writeName(path.get(openLevels++));
      json.putByte('{');
      needsComma = false;
    }
    writeName(name);
    needsComma = true;
    drift.count(path.isEmpty() ? name : String.join(".", path) + "." + name);
    return json;
  }

  private void writeName(String name) throws Unfit {
    char[] text = name.toCharArray();
    Utf8.check(text, 0, text.length);
    if (needsComma) {
      json.putByte(',');
    }
    json.putByte('"');
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    json.put(quoted, 0, quoted.length);
    json.putByte('"');
    json.putByte(':');
  }

  boolean isEmpty() {
    return json.length() == 0;
  }

  /// Closes the object and returns it, unless [#isEmpty].
  GrowableBuffer end() {
    if (!ended) {
      json.putByte('}');
      ended = true;
    }
    return json;
  }
}
