package dev.paceline.extract.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.secret.StoredText;
import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Converts tokens to and from the text in a store.
final class TokenText {

  /// A later time was not meant in seconds.
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final String address;
  private final AccountRef account;

  private TokenText(String address, AccountRef account) {
    this.address = address;
    this.account = account;
  }

  static String write(Token token) {
    return new String(Json.bytes(token), StandardCharsets.UTF_8);
  }

  /// Parses a JSON object, or a refresh token alone.
  ///
  /// @param address where it is stored, for messages
  static Token parseEither(String stored, String address, AccountRef account) {
    String text = StoredText.of(stored);
    return text.startsWith("{")
        ? new TokenText(address, account).parse(text)
        : Token.ofRefreshToken(text);
  }

  /// Parses a JSON object.
  static Token parse(String stored, String address, AccountRef account) {
    return new TokenText(address, account).parse(StoredText.of(stored));
  }

  private Token parse(String text) {
    JsonNode json = tree(text);
    if (!json.isObject()) {
      throw unusable("it is not a JSON object with a token");
    }
    return new Token(
        member(json, "access_token", TokenMembers::text, "a text"),
        member(
            json,
            "expires_at",
            TokenText::epochSecond,
            "a time up to the year 9999, in seconds since 1970 or as 2026-11-28T12:00:00Z"),
        Optional.ofNullable(member(json, "refresh_token", TokenMembers::text, "a text"))
            .orElseThrow(() -> unusable("it contains no refresh_token")),
        member(json, "scope", TokenMembers::scope, "a text or a list of texts"),
        member(json, "athlete", TokenText::athlete, "an object with an id"),
        member(json, "revoked_at", TokenText::instant, "a time like 2026-11-28T12:00:00Z"),
        member(json, "revoked_token", TokenMembers::text, "a text"));
  }

  private JsonNode tree(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      // Its message may quote the token, so it is dropped.
      throw unusable("it is not a JSON object with a token");
    }
  }

  /// A member that may be absent, or null, or empty.
  private <T> @Nullable T member(
      JsonNode json, String name, Function<JsonNode, Optional<T>> reader, String expected) {
    JsonNode member = json.path(name);
    boolean absent = member.isMissingNode() || member.isNull() || isEmpty(member);
    Optional<T> value = absent ? Optional.empty() : reader.apply(member);
    if (!absent && value.isEmpty()) {
      throw unusable("its %s is not %s".formatted(name, expected));
    }
    return value.orElse(null);
  }

  private static boolean isEmpty(JsonNode member) {
    return member.isTextual()
        ? member.textValue().isBlank()
        : member.isContainerNode() && member.isEmpty();
  }

  private static Optional<Token.Athlete> athlete(JsonNode athlete) {
    JsonNode id = athlete.path("id");
    return Optional.of(id.asText())
        .filter(text -> id.isValueNode() && !id.isNull() && !text.isBlank())
        .map(Token.Athlete::new);
  }

  private static Optional<Instant> instant(JsonNode time) {
    return epochSecond(time).map(Instant::ofEpochSecond);
  }

  private static Optional<Long> epochSecond(JsonNode time) {
    return TokenMembers.epochSecond(time).filter(second -> second <= LAST_SECOND);
  }

  private Failure unusable(String what) {
    return new Failure(
        Exit.REFUSED,
        "Reading the token of the account %s from %s".formatted(account.name(), address),
        what,
        "correct it, or run: " + account.reauthorizeCommand());
  }
}
