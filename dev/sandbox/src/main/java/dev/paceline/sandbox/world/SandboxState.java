package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything about a sandbox that can change. A change is written to the state file before the
/// call returns.
public final class SandboxState {
  private final Origin origin;
  private final @Nullable StateFile file;
  private final SandboxClock clock;
  private final Tokens tokens;
  private final Edits edits;

  private SandboxState(
      Origin origin, @Nullable StateFile file, SandboxClock clock, Tokens tokens, Edits edits) {
    this.origin = origin;
    this.file = file;
    this.clock = clock;
    this.tokens = tokens;
    this.edits = edits;
  }

  /// The state of a sandbox that starts for the first time; with a null `heldAt` the clock follows
  /// the host's.
  public static SandboxState create(
      Origin origin,
      @Nullable StateFile file,
      @Nullable Instant heldAt,
      InstantSource host,
      String clientSecret,
      List<Long> athletes) {
    return build(
        origin, file, heldAt, host, clientSecret, athletes, Map.of(), Edits.Saved.nothing());
  }

  /// The state of a sandbox that continues after a restart.
  public static SandboxState restore(
      SavedState saved,
      StateFile file,
      InstantSource host,
      String clientSecret,
      List<Long> athletes) {
    Instant heldAt = saved.heldAt() == null ? null : Instant.parse(saved.heldAt());
    return build(
        saved.origin(), file, heldAt, host, clientSecret, athletes, saved.tokens(), saved.edits());
  }

  private static SandboxState build(
      Origin origin,
      @Nullable StateFile file,
      @Nullable Instant heldAt,
      InstantSource host,
      String clientSecret,
      List<Long> athletes,
      Map<Long, Tokens.AthleteTokens> tokens,
      Edits.Saved edits) {
    SandboxState state =
        new SandboxState(
            origin,
            file,
            new SandboxClock(heldAt, host),
            new Tokens(clientSecret, origin.seed(), athletes, tokens),
            new Edits(edits));
    if (file != null) {
      file.writeFirst(state.saved());
    }
    return state;
  }

  public SandboxClock clock() {
    return clock;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Edits edits() {
    return edits;
  }

  public synchronized Optional<Tokens.Grant> refresh(String refreshToken) {
    return saveGrant(() -> tokens.refresh(refreshToken, clock.now()));
  }

  public synchronized Optional<Tokens.Grant> exchange(String code) {
    return saveGrant(() -> tokens.exchange(code, clock.now()));
  }

  private Optional<Tokens.Grant> saveGrant(Supplier<Optional<Tokens.Grant>> exchange) {
    Map<Long, Tokens.AthleteTokens> before = tokens.byAthlete();
    Optional<Tokens.Grant> grant = exchange.get();
    if (grant.isPresent()) {
      try {
        save();
      } catch (RuntimeException e) {
        // The client never gets the new token, so the old one must stay valid.
        tokens.restore(before);
        throw e;
      }
    }
    return grant;
  }

  public synchronized void setScopes(long athlete, Scopes scopes) {
    tokens.setScopes(athlete, scopes);
    save();
  }

  public synchronized void revoke(long athlete) {
    tokens.revoke(athlete);
    save();
  }

  public synchronized Instant hold(Instant at) {
    Instant now = clock.hold(at);
    save();
    return now;
  }

  public synchronized Instant advance(Duration by) {
    Instant now = clock.advance(by);
    save();
    return now;
  }

  synchronized void add(ObjectNode activity) {
    edits.add(activity, clock.now().getEpochSecond());
    save();
  }

  synchronized void change(long id, ObjectNode fields) {
    edits.change(id, fields);
    save();
  }

  synchronized void changeAthlete(long id, ObjectNode fields) {
    edits.changeAthlete(id, fields);
    save();
  }

  synchronized void changeGear(String id, ObjectNode fields) {
    edits.changeGear(id, fields);
    save();
  }

  public synchronized void hide(long id) {
    edits.hide(id);
    save();
  }

  public synchronized void show(long id) {
    edits.show(id);
    save();
  }

  public synchronized void delete(long id) {
    edits.delete(id);
    save();
  }

  private void save() {
    if (file != null) {
      file.write(saved());
    }
  }

  private SavedState saved() {
    Instant held = clock.held();
    return new SavedState(
        origin, held == null ? null : held.toString(), tokens.byAthlete(), edits.saved());
  }
}
