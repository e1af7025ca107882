package dev.paceline.extract.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;

/// Converts tokens to and from the text in a store.
final class TokenText {

  private TokenText() {}

  static String write(Token token) {
    return new String(Json.bytes(token), StandardCharsets.UTF_8);
  }

  /// Parses a JSON object, or a refresh token alone.
  static Token parseEither(String text, String address, AccountRef account) {
    return text.strip().startsWith("{")
        ? parse(text, address, account)
        : Token.ofRefreshToken(text.strip());
  }

  /// Parses a JSON object.
  static Token parse(String text, String address, AccountRef account) {
    try {
      Token token = Json.MAPPER.readValue(text, Token.class);
      if (token != null && token.refreshToken() != null && !token.refreshToken().isBlank()) {
        return token;
      }
    } catch (JsonProcessingException malformed) {
      // Its message may quote the token, so it is dropped.
      throw unusable("it is not a JSON object with a token", address, account);
    }
    throw unusable("it contains no refresh_token", address, account);
  }

  private static Failure unusable(String what, String address, AccountRef account) {
    return new Failure(
        Exit.REFUSED,
        "Reading the token of the account %s from %s".formatted(account.name(), address),
        what,
        "correct it, or run: " + account.reauthorizeCommand());
  }
}
