package dev.paceline.extract.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The members of a token in the forms in which token endpoints and other programs write them.
final class TokenMembers {

  /// Digits, with or without a sign and a fraction; an exponent could stand for a number of any
  /// size.
  private static final String NUMBER = "-?[0-9]{1,19}([.][0-9]{0,18})?";

  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private TokenMembers() {}

  /// A text that is not blank.
  static Optional<String> text(JsonNode member) {
    return Optional.ofNullable(member.textValue()).filter(text -> !text.isBlank());
  }

  /// A time as epoch seconds: a number of them, with or without a fraction, the same as text, or an
  /// ISO 8601 time with an offset. Empty if it is not one of these.
  static Optional<Long> epochSecond(JsonNode time) {
    return seconds(time).or(() -> text(time).flatMap(TokenMembers::iso));
  }

  /// A number of whole seconds; a fraction is cut off, and a negative number counts as 0.
  static Optional<Long> seconds(JsonNode number) {
    return Optional.of(number)
        .filter(value -> value.isNumber() || value.isTextual())
        .map(value -> value.asText().strip())
        .flatMap(TokenMembers::whole);
  }

  private static Optional<Long> whole(String digits) {
    try {
      BigDecimal number = new BigDecimal(digits);
      // A double may be written with an exponent: 1.7643E9.
      String plain = Math.abs(number.scale()) > 18 ? "" : number.toPlainString();
      return plain.matches(NUMBER)
          ? Optional.of(
              number
                  .min(LONGEST)
                  .max(BigDecimal.ZERO)
                  .setScale(0, RoundingMode.DOWN)
                  .longValueExact())
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Long> iso(String time) {
    try {
      return Optional.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME
              .parse(time.strip(), Instant::from)
              .getEpochSecond());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /// Scopes as one text, as the RFC has them, or as a list of texts. Empty if they are neither.
  static Optional<String> scope(JsonNode scopes) {
    if (!scopes.isArray()) {
      return text(scopes);
    }
    List<String> all = new ArrayList<>();
    for (JsonNode scope : scopes) {
      if (!scope.isTextual()) {
        return Optional.empty();
      }
      all.add(scope.textValue());
    }
    return Optional.of(String.join(" ", all)).filter(text -> !text.isBlank());
  }
}
