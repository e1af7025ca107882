package dev.paceline.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes a value of [RandomJson] in one of many ways that mean the same to us: members in any
/// order, some of them null or `[]` instead of absent, any spelling of numbers and texts, any white
/// space.
public final class JsonSpeller {

  private static final String[] WHITE = {"", "", "", " ", "\n", "\t\r "};

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  private JsonSpeller(long seed) {
    this.random = new Random(seed);
  }

  /// Writes a value.
  ///
  /// @param seed chooses the spelling
  public static byte[] spell(Object value, long seed) {
    JsonSpeller speller = new JsonSpeller(seed);
    speller.value(value);
    return speller.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Object value) {
    white();
    switch (value) {
      case Map<?, ?> object -> object(object);
      case List<?> list -> list(list);
      case BigDecimal number -> out.append(number(number));
      case String text -> text(text);
      case Boolean flag -> out.append(flag);
      default -> out.append("null");
    }
    white();
  }

  private void object(Map<?, ?> object) {
    List<Map.Entry<?, ?>> members = new ArrayList<>(object.entrySet());
    if (random.nextInt(4) == 0 && !object.containsKey("absent")) {
      members.add(Map.entry("absent", random.nextBoolean() ? RandomJson.NULL : List.of()));
    }
    Collections.shuffle(members, random);
    out.append('{');
    String comma = "";
    for (Map.Entry<?, ?> member : members) {
      out.append(comma);
      white();
      text((String) member.getKey());
      white();
      out.append(':');
      value(member.getValue());
      comma = ",";
    }
    white();
    out.append('}');
  }

  private void list(List<?> list) {
    out.append('[');
    String comma = "";
    for (Object element : list) {
      out.append(comma);
      value(element);
      comma = ",";
    }
    white();
    out.append(']');
  }

  private String number(BigDecimal number) {
    String exponent = String.valueOf(-number.scale());
    return switch (random.nextInt(4)) {
      case 0 -> number.toPlainString();
      case 1 -> number.unscaledValue() + "e" + exponent;
      case 2 -> number.unscaledValue() + ".00E" + exponent;
      default -> number.toString();
    };
  }

  private void text(String text) {
    out.append('"');
    text.codePoints().forEach(this::character);
    out.append('"');
  }

  /// Escapes both halves of a character or none: neither is one alone.
  private void character(int point) {
    if (point < ' ' || point == '"' || point == '\\' || random.nextInt(8) == 0) {
      for (char half : Character.toChars(point)) {
        out.append("\\u%04x".formatted((int) half));
      }
    } else {
      out.appendCodePoint(point);
    }
  }

  private void white() {
    out.append(WHITE[random.nextInt(WHITE.length)]);
  }
}
