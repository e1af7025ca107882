package dev.paceline.lake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A JSON object of which nothing is believed that was not checked: a member is taken by name, with
/// the form that it must have, and [#end] refuses the members that nobody took. Nothing is
/// converted (`"1"` is not a number) and no member may be null or occur twice.
public final class StrictJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int MAX_SHOWN = 100;

  /// JSON that does not have the required form. The message says where and why, on one line.
  public static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    public Unfit(String what) {
      super(what);
    }
  }

  private final ObjectNode object;
  private final String path;
  private final Set<String> taken = new HashSet<>();

  private StrictJson(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  public static StrictJson parse(byte[] body) throws Unfit {
    try {
      // Jackson would also accept UTF-16 and some sequences that are not valid UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return of(MAPPER.readTree(text), "");
    } catch (CharacterCodingException malformed) {
      throw new Unfit("it is not valid UTF-8");
    } catch (JacksonException malformed) {
      throw new Unfit("it is not valid JSON (%s)".formatted(JsonFault.of(malformed)));
    }
  }

  private static StrictJson of(JsonNode node, String path) throws Unfit {
    if (node instanceof ObjectNode object) {
      return new StrictJson(object, path);
    }
    throw path.isEmpty()
        ? new Unfit("it is not a JSON object")
        : new Unfit("%s is %s, not an object".formatted(path, shown(node)));
  }

  /// A whole number between two others, both inclusive.
  public long whole(String name, long min, long max) throws Unfit {
    JsonNode value = take(name);
    boolean isWhole = value.isIntegralNumber() && value.canConvertToLong();
    if (!isWhole || value.longValue() < min || value.longValue() > max) {
      throw unfit(name, "not a whole number between %d and %d".formatted(min, max));
    }
    return value.longValue();
  }

  /// Text that matches a pattern.
  ///
  /// @param form the pattern in words, e.g. `a date`
  public String text(String name, Pattern pattern, String form) throws Unfit {
    return text(take(name), path(name), pattern, form);
  }

  /// A list of texts that match a pattern.
  public List<String> texts(String name, Pattern pattern, String form) throws Unfit {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      String where = "%s[%d]".formatted(path(name), texts.size());
      texts.add(text(element, where, pattern, form));
    }
    return texts;
  }

  private static String text(JsonNode value, String where, Pattern pattern, String form)
      throws Unfit {
    if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
      throw new Unfit("%s is %s, not %s".formatted(where, shown(value), form));
    }
    return value.textValue();
  }

  public List<StrictJson> objects(String name) throws Unfit {
    List<StrictJson> objects = new ArrayList<>();
    for (JsonNode element : list(name)) {
      objects.add(of(element, "%s[%d]".formatted(path(name), objects.size())));
    }
    return objects;
  }

  private JsonNode list(String name) throws Unfit {
    JsonNode value = take(name);
    if (!value.isArray()) {
      throw unfit(name, "not a list");
    }
    return value;
  }

  /// An object that may be absent.
  public Optional<StrictJson> optionalObject(String name) throws Unfit {
    return has(name) ? Optional.of(of(take(name), path(name))) : Optional.empty();
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /// Refuses members that were not taken.
  public void end() throws Unfit {
    for (String name : (Iterable<String>) object::fieldNames) {
      if (!taken.contains(name)) {
        String where = path.isEmpty() ? "it has" : path + " has";
        throw new Unfit("%s an unknown member %s".formatted(where, shown(TextNode.valueOf(name))));
      }
    }
  }

  /// A failure that shows a member's value.
  ///
  /// @param contrast what it should be, e.g. `not a date`
  public Unfit unfit(String name, String contrast) {
    return new Unfit("%s is %s, %s".formatted(path(name), shown(object.get(name)), contrast));
  }

  private JsonNode take(String name) throws Unfit {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new Unfit("%s is missing".formatted(path(name)));
    }
    taken.add(name);
    return value;
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// As JSON, in which control characters are escaped.
  private static String shown(JsonNode value) {
    return shortened(value.toString());
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
