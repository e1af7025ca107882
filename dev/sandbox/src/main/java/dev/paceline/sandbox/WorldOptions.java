package dev.paceline.sandbox;

import dev.paceline.sandbox.replay.RecordedWorld;
import dev.paceline.sandbox.simulation.EvenSchedule;
import dev.paceline.sandbox.simulation.SimulatedWorld;
import dev.paceline.sandbox.world.ActivityId;
import dev.paceline.sandbox.world.Origin;
import dev.paceline.sandbox.world.SandboxException;
import dev.paceline.sandbox.world.SandboxState;
import dev.paceline.sandbox.world.SavedState;
import dev.paceline.sandbox.world.StateFile;
import dev.paceline.sandbox.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which data is served, and from which day on. What a state file holds takes precedence over the
/// options.
final class WorldOptions {
  private static final LocalDate EARLIEST = LocalDate.of(2010, 1, 1);

  @Option(names = "--seed", defaultValue = "42", description = "Seed of all simulated data.")
  long seed = 42;

  @Option(
      names = "--athletes",
      defaultValue = "1",
      description = "Number of simulated athletes, at most 50.")
  int athletes = 1;

  @Option(
      names = "--years",
      defaultValue = "3",
      description = "Years of history before the first start of the sandbox.")
  int years = 3;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      converter = ServeCommand.DayConverter.class,
      description = "First day of the history, instead of --years.")
  @Nullable LocalDate since;

  @Option(
      names = "--activities",
      paramLabel = "N",
      description = "For benchmarks: gives each athlete exactly N activities at the first start.")
  @Nullable Integer activities;

  @Option(
      names = "--clock",
      paramLabel = "INSTANT",
      converter = ServeCommand.InstantConverter.class,
      description =
          "Holds the clock at this instant, so no new window of --limits begins until it is advanced; default: the host's clock, or with --replay the morning after the newest activity. Tokens expire by this clock, too: clients that go by their own time, as stravalib does, need --real-expiry, or they refresh before each call.")
  @Nullable Instant clock;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Keeps tokens, clock and edits across restarts; its contents take precedence over --clock, --years and --activities.")
  @Nullable Path state;

  @Option(
      names = "--replay",
      paramLabel = "DIR",
      description =
          "Serves the recorded activities in DIR instead of simulated ones: those in *.jsonl, one a line or in arrays, and the arrays in *.json.")
  @Nullable Path replay;

  /// The tokens of its athletes are derived from `clientSecret`.
  OpenedWorld open(InstantSource host, String clientSecret) {
    StateFile file = state == null ? null : new StateFile(state);
    Optional<SavedState> remembered = file == null ? Optional.empty() : file.read();
    if (replay != null) {
      RecordedWorld world = new RecordedWorld(replay, seed);
      Origin origin = new Origin(Origin.RECORDED, seed, null, null, null);
      OpenedWorld opened =
          openWorld(
              world,
              origin,
              remembered,
              file,
              clock == null ? world.morningAfter() : clock,
              host,
              clientSecret);
      if (clock == null && opened.state().clock().now().isBefore(world.morningAfter())) {
        opened.state().hold(world.morningAfter()); // the folder has grown since the last start
      }
      return opened;
    }
    Origin origin =
        remembered
            .map(SavedState::origin)
            .filter(known -> known.kind().equals(Origin.SIMULATED))
            .orElseGet(() -> origin(host));
    return openWorld(simulated(origin), origin, remembered, file, clock, host, clientSecret);
  }

  private OpenedWorld openWorld(
      World world,
      Origin origin,
      Optional<SavedState> remembered,
      @Nullable StateFile file,
      @Nullable Instant heldAt,
      InstantSource host,
      String clientSecret) {
    if (remembered.isEmpty() || file == null) {
      return new OpenedWorld(
          world, SandboxState.create(origin, file, heldAt, host, clientSecret, world.athletes()));
    }
    Origin known = remembered.get().origin();
    boolean otherSince = since != null && !since.toString().equals(known.since()) && replay == null;
    boolean otherActivities =
        activities != null && !activities.equals(known.activities()) && replay == null;
    if (!known.kind().equals(origin.kind())
        || known.seed() != seed
        || otherSince
        || otherActivities) {
      throw SandboxException.configuration(
          "The state file %s belongs to another sandbox (%s); start with the same options, or choose another --state."
              .formatted(state, describe(known)));
    }
    for (long athlete : remembered.get().tokens().keySet()) {
      if (!world.athletes().contains(athlete)) {
        throw SandboxException.configuration(
            "The state file %s has %d athletes, but athlete %d is not one of the %d here; %s."
                .formatted(
                    state,
                    remembered.get().tokens().size(),
                    athlete,
                    world.athletes().size(),
                    replay == null
                        ? "give --athletes %d".formatted(remembered.get().tokens().size())
                        : "put the recordings back, or choose another --state"));
      }
    }
    return new OpenedWorld(
        world, SandboxState.restore(remembered.get(), file, host, clientSecret, world.athletes()));
  }

  private Origin origin(InstantSource host) {
    LocalDate started = LocalDate.ofInstant(clock == null ? host.instant() : clock, ZoneOffset.UTC);
    if (since == null && years < 1) {
      throw SandboxException.usage(
          "--years %d leaves no history; give 1 or more.".formatted(years));
    }
    LocalDate first = since == null ? started.minusYears(years) : since;
    if (first.isBefore(EARLIEST) || first.isAfter(started)) {
      throw SandboxException.usage(
          "The history would begin on %s; use --since or --years to start it between %s and %s, the clock's date."
              .formatted(first, EARLIEST, started));
    }
    if (activities != null) {
      long max = EvenSchedule.days(first, started) * EvenSchedule.MAX_PER_DAY;
      if (activities < 1 || activities > max) {
        throw SandboxException.usage(
            "--activities %d is not between 1 and %d, the most that fits between %s and %s; give more --years."
                .formatted(activities, max, first, started));
      }
    }
    return new Origin(Origin.SIMULATED, seed, first.toString(), started.toString(), activities);
  }

  private SimulatedWorld simulated(Origin origin) {
    if (athletes < 1 || athletes > ActivityId.MAX_ATHLETES) {
      throw SandboxException.usage(
          "--athletes %d is not between 1 and %d.".formatted(athletes, ActivityId.MAX_ATHLETES));
    }
    LocalDate first = day(origin.since());
    Integer exactly = origin.activities();
    return new SimulatedWorld(
        origin.seed(),
        athletes,
        first,
        exactly == null ? null : new EvenSchedule(exactly, first, day(origin.started())));
  }

  private LocalDate day(@Nullable String text) {
    if (text == null) {
      throw SandboxException.configuration(
          "The state file %s has no first day; delete it.".formatted(state));
    }
    return LocalDate.parse(text);
  }

  private static String describe(Origin origin) {
    return origin.kind()
        + ", seed "
        + origin.seed()
        + (origin.since() == null ? "" : ", since " + origin.since())
        + (origin.activities() == null ? "" : ", " + origin.activities() + " activities");
  }
}
