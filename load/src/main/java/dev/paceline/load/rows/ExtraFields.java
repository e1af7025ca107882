package dev.paceline.load.rows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;

/// What of a record no column takes, as one JSON object with the record's own nesting. A level is
/// opened when its first such member comes, so a record that is taken whole costs nothing.
public final class ExtraFields {

  private final GrowableBuffer json = new GrowableBuffer(256);
  private final List<String> path = new ArrayList<>();
  private final Drift drift;
  private int opened;
  private boolean comma;

  ExtraFields(Drift drift) {
    this.drift = drift;
  }

  void begin() {
    json.clear();
    path.clear();
    opened = 0;
    comma = false;
  }

  void enter(String name) {
    path.add(name);
  }

  void leave() {
    if (opened == path.size()) {
      json.putByte('}');
      opened--;
      comma = true;
    }
    path.removeLast();
  }

  /// Writes the name of a member at the current level; the caller appends its value.
  GrowableBuffer member(String name) throws RejectedRecord {
    if (isEmpty()) {
      json.putByte('{');
    }
    while (opened < path.size()) {
      name(path.get(opened++));
      json.putByte('{');
      comma = false;
    }
    name(name);
    comma = true;
    drift.saw(path.isEmpty() ? name : String.join(".", path) + "." + name);
    return json;
  }

  private void name(String name) throws RejectedRecord {
    char[] text = name.toCharArray();
    Utf8.check(text, 0, text.length);
    if (comma) {
      json.putByte(',');
    }
    json.putByte('"');
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    json.put(quoted, 0, quoted.length);
    json.putByte('"');
    json.putByte(':');
  }

  public boolean isEmpty() {
    return json.length() == 0;
  }

  /// The finished object, for a record that left anything over.
  public GrowableBuffer end() {
    json.putByte('}');
    return json;
  }
}
