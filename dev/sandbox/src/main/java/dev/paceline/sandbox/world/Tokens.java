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

/// Who may read whose data: one living refresh token for each athlete, the access tokens that came
/// of it, and the scopes that all of them have.
///
/// Tokens follow from the seed and the number of the refresh, so that two sandboxes of one seed
/// give the same ones. They guard nothing.
public final class Tokens {
  public static final Duration LIFETIME = Duration.ofHours(6);

  /// With more than this left, a token is handed back instead of a new one.
  private static final Duration MIN_REMAINING = Duration.ofHours(1);

  /// An access token and the second it dies.
  public record Access(String token, long expiresAt) {}

  /// What is kept of an athlete: `serial` counts the refreshes, `alive` has the newest access token
  /// last.
  public record AthleteTokens(
      int serial, List<Access> alive, List<String> scopes, boolean revoked) {
    public AthleteTokens {
      alive = List.copyOf(alive);
    }

    Scopes granted() {
      return new Scopes(scopes);
    }
  }

  /// The answer to a refresh, or to a code.
  public record Grant(long athlete, String accessToken, long expiresAt, String refreshToken) {}

  private record Consent(long athlete, Scopes scopes) {}

  private final long seed;
  private final Map<Long, AthleteTokens> byAthlete = new LinkedHashMap<>();

  /// Consents whose code nobody has traded yet; a restart forgets them.
  private final Map<String, Consent> codes = new HashMap<>();

  private int codesGiven;

  public Tokens(long seed, List<Long> athletes, Map<Long, AthleteTokens> remembered) {
    this.seed = seed;
    byAthlete.putAll(remembered);
    for (long athlete : athletes) {
      byAthlete.putIfAbsent(
          athlete, new AthleteTokens(0, List.of(), Scopes.DEFAULT.names(), false));
    }
  }

  /// Trades a refresh token for an access token. A real refresh kills the old refresh token; dead
  /// and unknown ones get nothing.
  synchronized Optional<Grant> refresh(String refreshToken, Instant now) {
    for (Map.Entry<Long, AthleteTokens> entry : byAthlete.entrySet()) {
      long athlete = entry.getKey();
      AthleteTokens tokens = entry.getValue();
      if (refreshToken.equals(currentRefreshToken(athlete))) {
        List<Access> alive = tokens.alive();
        boolean good =
            !alive.isEmpty()
                && alive.getLast().expiresAt() > now.plus(MIN_REMAINING).getEpochSecond();
        return Optional.of(
            good ? grant(athlete, tokens, alive.getLast()) : issue(athlete, tokens.granted(), now));
      }
    }
    return Optional.empty();
  }

  /// The athlete agrees that these scopes be read: a code that [#exchange] takes once.
  public synchronized String issueCode(long athlete, Scopes scopes) {
    String code = token(athlete, codesGiven++, "code");
    codes.put(code, new Consent(athlete, scopes));
    return code;
  }

  /// Trades a code for tokens. From then on the athlete's tokens have the scopes of the consent.
  synchronized Optional<Grant> exchange(String code, Instant now) {
    return Optional.ofNullable(codes.remove(code))
        .map(consent -> issue(consent.athlete(), consent.scopes(), now));
  }

  private Grant issue(long athlete, Scopes scopes, Instant now) {
    AthleteTokens before = known(athlete);
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

  /// Whose token it is, where it is one and still lives.
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

  /// Whose living token it is, of either kind.
  public synchronized Optional<Long> tokenOwner(String token, Instant now) {
    return byAthlete.keySet().stream()
        .filter(athlete -> token.equals(currentRefreshToken(athlete)))
        .findFirst()
        .or(() -> accessTokenOwner(token, now));
  }

  public synchronized Scopes scopes(long athlete) {
    return known(athlete).granted();
  }

  synchronized void setScopes(long athlete, Scopes scopes) {
    AthleteTokens before = known(athlete);
    byAthlete.put(
        athlete,
        new AthleteTokens(before.serial(), before.alive(), scopes.names(), before.revoked()));
  }

  /// Kills all tokens of the athlete; only a new consent gives new ones.
  synchronized void revoke(long athlete) {
    AthleteTokens before = known(athlete);
    byAthlete.put(
        athlete, new AthleteTokens(before.serial() + 1, List.of(), before.scopes(), true));
  }

  /// The refresh token that lives now; null where the athlete has revoked it.
  public synchronized @Nullable String currentRefreshToken(long athlete) {
    AthleteTokens tokens = known(athlete);
    return tokens.revoked() ? null : token(athlete, tokens.serial(), "refresh");
  }

  /// Takes everything since back.
  synchronized void restore(Map<Long, AthleteTokens> before) {
    byAthlete.clear();
    byAthlete.putAll(before);
  }

  synchronized Map<Long, AthleteTokens> byAthlete() {
    return new LinkedHashMap<>(byAthlete);
  }

  private AthleteTokens known(long athlete) {
    AthleteTokens tokens = byAthlete.get(athlete);
    if (tokens == null) {
      throw new IllegalArgumentException("There is no athlete " + athlete + ".");
    }
    return tokens;
  }

  private String token(long athlete, int serial, String kind) {
    String of = seed + "/" + athlete + "/" + serial + "/" + kind;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
