package dev.paceline.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may read whose data: one living refresh token for each athlete, and the access tokens that
/// came of it.
///
/// Tokens follow from the seed and the number of the refresh, so that two sandboxes of one seed
/// give the same ones. They guard nothing.
public final class Tokens {
  public static final Duration LIFE = Duration.ofHours(6);

  /// With more than this left, a token is handed back instead of a new one.
  private static final Duration WORTH_KEEPING = Duration.ofHours(1);

  /// An access token and the second it dies.
  public record Access(String token, long expiresAt) {}

  /// What is kept of an athlete: `serial` counts the refreshes, `alive` has the newest access token
  /// last.
  public record Held(int serial, List<Access> alive) {
    public Held {
      alive = List.copyOf(alive);
    }
  }

  /// The answer to a refresh.
  public record Grant(String accessToken, long expiresAt, String refreshToken) {}

  private final long seed;
  private final Map<Long, Held> held = new LinkedHashMap<>();

  public Tokens(long seed, List<Long> athletes, Map<Long, Held> remembered) {
    this.seed = seed;
    held.putAll(remembered);
    for (long athlete : athletes) {
      held.putIfAbsent(athlete, new Held(0, List.of()));
    }
  }

  /// Trades a refresh token for an access token. A real refresh kills the old refresh token; dead
  /// and unknown ones get nothing.
  synchronized Optional<Grant> refresh(String refreshToken, Instant now) {
    for (Map.Entry<Long, Held> entry : held.entrySet()) {
      long athlete = entry.getKey();
      Held tokens = entry.getValue();
      if (refreshToken.equals(refreshToken(athlete, tokens.serial()))) {
        return Optional.of(granted(athlete, tokens, now));
      }
    }
    return Optional.empty();
  }

  private Grant granted(long athlete, Held tokens, Instant now) {
    List<Access> alive = new ArrayList<>(tokens.alive());
    alive.removeIf(access -> access.expiresAt() <= now.getEpochSecond());
    if (!alive.isEmpty()
        && alive.getLast().expiresAt() > now.plus(WORTH_KEEPING).getEpochSecond()) {
      return new Grant(
          alive.getLast().token(),
          alive.getLast().expiresAt(),
          refreshToken(athlete, tokens.serial()));
    }
    int serial = tokens.serial() + 1;
    Access fresh = new Access(token(athlete, serial, "access"), now.plus(LIFE).getEpochSecond());
    alive.add(fresh);
    held.put(athlete, new Held(serial, alive));
    return new Grant(fresh.token(), fresh.expiresAt(), refreshToken(athlete, serial));
  }

  /// Whose token it is, where it is one and still lives.
  public synchronized Optional<Long> owner(String accessToken, Instant now) {
    for (Map.Entry<Long, Held> entry : held.entrySet()) {
      for (Access access : entry.getValue().alive()) {
        if (access.token().equals(accessToken) && access.expiresAt() > now.getEpochSecond()) {
          return Optional.of(entry.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /// The refresh token that lives now.
  public synchronized String refreshToken(long athlete) {
    Held tokens = held.get(athlete);
    return refreshToken(athlete, tokens == null ? 0 : tokens.serial());
  }

  /// Takes everything since back.
  synchronized void restore(Map<Long, Held> before) {
    held.clear();
    held.putAll(before);
  }

  synchronized Map<Long, Held> held() {
    return new LinkedHashMap<>(held);
  }

  private String refreshToken(long athlete, int serial) {
    return token(athlete, serial, "refresh");
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
