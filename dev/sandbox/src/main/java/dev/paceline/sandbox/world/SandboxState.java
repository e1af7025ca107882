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

/// Everything that can be changed about a sandbox. A change is in the state file before its caller
/// hears of it.
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

  /// A sandbox that starts for the first time; `heldAt` is null for the host's time.
  public static SandboxState create(
      Origin origin,
      @Nullable StateFile file,
      @Nullable Instant heldAt,
      InstantSource host,
      List<Long> athletes) {
    return build(origin, file, heldAt, host, athletes, Map.of(), Edits.Saved.nothing());
  }

  /// A sandbox that goes on where it was.
  public static SandboxState restore(
      SavedState saved, StateFile file, InstantSource host, List<Long> athletes) {
    Instant heldAt = saved.heldAt() == null ? null : Instant.parse(saved.heldAt());
    return build(saved.origin(), file, heldAt, host, athletes, saved.tokens(), saved.edits());
  }

  private static SandboxState build(
      Origin origin,
      @Nullable StateFile file,
      @Nullable Instant heldAt,
      InstantSource host,
      List<Long> athletes,
      Map<Long, Tokens.AthleteTokens> tokens,
      Edits.Saved edits) {
    SandboxState state =
        new SandboxState(
            origin,
            file,
            new SandboxClock(heldAt, host),
            new Tokens(origin.seed(), athletes, tokens),
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
    return granted(() -> tokens.refresh(refreshToken, clock.now()));
  }

  public synchronized Optional<Tokens.Grant> exchange(String code) {
    return granted(() -> tokens.exchange(code, clock.now()));
  }

  private Optional<Tokens.Grant> granted(Supplier<Optional<Tokens.Grant>> trade) {
    Map<Long, Tokens.AthleteTokens> before = tokens.byAthlete();
    Optional<Tokens.Grant> grant = trade.get();
    if (grant.isPresent()) {
      try {
        save();
      } catch (RuntimeException unwritable) {
        tokens.restore(before); // nobody is told the new token, so the old one must live
        throw unwritable;
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
