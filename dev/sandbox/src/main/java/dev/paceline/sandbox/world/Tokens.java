package dev.paceline.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which token can read whose data: one valid refresh token for each athlete, the access tokens
/// issued for it, and the scopes they share.
///
/// Tokens are derived from the application's secret, the seed and the number of refreshes: two
/// sandboxes that agree on all three issue the same ones, and whoever does not know the secret
/// cannot guess one.
public final class Tokens {
  public static final Duration LIFETIME = Duration.ofHours(6);

  /// A token with more than this left is returned again instead of a new one.
  private static final Duration MIN_REMAINING = Duration.ofHours(1);

  /// An access token and the second at which it expires.
  public record Access(String token, long expiresAt) {}

  /// What is stored for an athlete: `serial` counts the refreshes; the newest access token is the
  /// last of `alive`.
  public record AthleteTokens(
      int serial, List<Access> alive, List<String> scopes, boolean revoked) {
    public AthleteTokens {
      alive = List.copyOf(alive);
    }

    Scopes granted() {
      return new Scopes(scopes);
    }
  }

  /// The result of a refresh or of a code exchange.
  public record Grant(long athlete, String accessToken, long expiresAt, String refreshToken) {}

  private record Consent(long athlete, Scopes scopes) {}

  private final String clientSecret;
  private final long seed;
  private final Map<Long, AthleteTokens> byAthlete = new LinkedHashMap<>();

  /// Consents whose code has not been exchanged yet; lost on a restart.
  private final Map<String, Consent> codes = new HashMap<>();

  private int codesGiven;

  public Tokens(
      String clientSecret, long seed, List<Long> athletes, Map<Long, AthleteTokens> saved) {
    this.clientSecret = clientSecret;
    this.seed = seed;
    byAthlete.putAll(saved);
    for (long athlete : athletes) {
      byAthlete.putIfAbsent(
          athlete, new AthleteTokens(0, List.of(), Scopes.DEFAULT.names(), false));
    }
  }

  /// Exchanges a refresh token for an access token. A new access token invalidates the refresh
  /// token. Empty for an invalid or unknown one.
  synchronized Optional<Grant> refresh(String refreshToken, Instant now) {
    for (Map.Entry<Long, AthleteTokens> entry : byAthlete.entrySet()) {
      long athlete = entry.getKey();
      AthleteTokens tokens = entry.getValue();
      if (refreshToken.equals(currentRefreshToken(athlete))) {
        List<Access> alive = tokens.alive();
        boolean stillFresh =
            !alive.isEmpty()
                && alive.getLast().expiresAt() > now.plus(MIN_REMAINING).getEpochSecond();
        return Optional.of(
            stillFresh
                ? grant(athlete, tokens, alive.getLast())
                : issue(athlete, tokens.granted(), now));
      }
    }
    return Optional.empty();
  }

  /// Records that the athlete grants these scopes. Returns a code that [#exchange] accepts once.
  public synchronized String issueCode(long athlete, Scopes scopes) {
    String code = token(athlete, codesGiven++, "code");
    codes.put(code, new Consent(athlete, scopes));
    return code;
  }

  /// Exchanges a code for tokens. From then on the athlete's tokens have the scopes of the consent.
  synchronized Optional<Grant> exchange(String code, Instant now) {
    return Optional.ofNullable(codes.remove(code))
        .map(consent -> issue(consent.athlete(), consent.scopes(), now));
  }

  private Grant issue(long athlete, Scopes scopes, Instant now) {
    AthleteTokens before = tokensOf(athlete);
    List<Access> alive = new ArrayList<>(before.alive());
    alive.removeIf(access -> access.expiresAt() <= now.getEpochSecond());
    int serial = before.serial() + 1;
    alive.add(new Access(token(athlete, serial, "access"), now.plus(LIFETIME).getEpochSecond()));
    AthleteTokens after = new AthleteTokens(serial, alive, scopes.names(), false);
    byAthlete.put(athlete, after);
    return grant(athlete, after, alive.getLast());
  }

  private Grant grant(long athlete, AthleteTokens tokens, Access access) {
    return new Grant(
        athlete, access.token(), access.expiresAt(), token(athlete, tokens.serial(), "refresh"));
  }

  /// The athlete of an access token, if it is valid.
  public synchronized Optional<Long> accessTokenOwner(String accessToken, Instant now) {
    for (Map.Entry<Long, AthleteTokens> entry : byAthlete.entrySet()) {
      for (Access access : entry.getValue().alive()) {
        if (access.token().equals(accessToken) && access.expiresAt() > now.getEpochSecond()) {
          return Optional.of(entry.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /// The athlete of a valid token of either kind.
  public synchronized Optional<Long> tokenOwner(String token, Instant now) {
    return byAthlete.keySet().stream()
        .filter(athlete -> token.equals(currentRefreshToken(athlete)))
        .findFirst()
        .or(() -> accessTokenOwner(token, now));
  }

  public synchronized Scopes scopes(long athlete) {
    return tokensOf(athlete).granted();
  }

  synchronized void setScopes(long athlete, Scopes scopes) {
    AthleteTokens before = tokensOf(athlete);
    byAthlete.put(
        athlete,
        new AthleteTokens(before.serial(), before.alive(), scopes.names(), before.revoked()));
  }

  /// Revokes all tokens of the athlete; only a new consent gives new ones.
  synchronized void revoke(long athlete) {
    AthleteTokens before = tokensOf(athlete);
    byAthlete.put(
        athlete, new AthleteTokens(before.serial() + 1, List.of(), before.scopes(), true));
  }

  /// The valid refresh token; null if the athlete has revoked it.
  public synchronized @Nullable String currentRefreshToken(long athlete) {
    AthleteTokens tokens = tokensOf(athlete);
    return tokens.revoked() ? null : token(athlete, tokens.serial(), "refresh");
  }

  /// Restores an earlier state.
  synchronized void restore(Map<Long, AthleteTokens> before) {
    byAthlete.clear();
    byAthlete.putAll(before);
  }

  synchronized Map<Long, AthleteTokens> byAthlete() {
    return new LinkedHashMap<>(byAthlete);
  }

  private AthleteTokens tokensOf(long athlete) {
    AthleteTokens tokens = byAthlete.get(athlete);
    if (tokens == null) {
      throw new IllegalArgumentException("There is no athlete " + athlete + ".");
    }
    return tokens;
  }

  private String token(long athlete, int serial, String kind) {
    String text = clientSecret + "/" + seed + "/" + athlete + "/" + serial + "/" + kind;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
