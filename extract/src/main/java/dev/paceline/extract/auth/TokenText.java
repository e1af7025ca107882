package dev.paceline.extract.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;

/// A token as the text that stores keep.
final class TokenText {

  private TokenText() {}

  static String write(Token token) {
    return new String(Json.bytes(token), StandardCharsets.UTF_8);
  }

  /// Reads a JSON object, or a refresh token alone.
  static Token parseEither(String text, String address, AccountRef account) {
    return text.strip().startsWith("{")
        ? parse(text, address, account)
        : Token.ofRefreshToken(text.strip());
  }

  /// Reads a JSON object.
  static Token parse(String text, String address, AccountRef account) {
    try {
      Token token = Json.MAPPER.readValue(text, Token.class);
      if (token != null && token.refreshToken() != null && !token.refreshToken().isBlank()) {
        return token;
      }
    } catch (JsonProcessingException malformed) {
      // Its own message may quote the token: it goes nowhere.
      throw unusable("it is no JSON object of a token", address, account);
    }
    throw unusable("it holds no refresh_token", address, account);
  }

  private static Failure unusable(String what, String address, AccountRef account) {
    return new Failure(
        Exit.REFUSED,
        "Reading the token of the account %s from %s".formatted(account.name(), address),
        what,
        "correct it, or type: " + account.reauthorizeCommand());
  }
}
