package dev.paceline.sandbox.http;

import dev.paceline.sandbox.simulation.SampleStreams;
import dev.paceline.sandbox.world.Streams;
import java.util.List;
import java.util.stream.IntStream;

/// Streams of one length for every activity, compressed in advance so that a benchmark measures the
/// client and not the sandbox.
public final class PreparedStreams {
  private static final int BODIES = 6;

  private record Prepared(Streams streams, Payload plain, Payload gzipped) {
    static Prepared of(Streams streams) {
      byte[] json = streams.byType(Streams.KEYS, Streams.Resolution.ALL);
      return new Prepared(streams, new Payload(json, false), new Payload(Payload.gzip(json), true));
    }
  }

  private final List<Prepared> prepared;

  public PreparedStreams(int points) {
    prepared =
        IntStream.range(0, BODIES)
            .mapToObj(number -> Prepared.of(SampleStreams.of(number, points)))
            .toList();
  }

  Streams of(long activity) {
    return chosen(activity).streams();
  }

  /// The body with all keys by type at full resolution.
  Payload body(long activity, boolean gzip) {
    return gzip ? chosen(activity).gzipped() : chosen(activity).plain();
  }

  private Prepared chosen(long activity) {
    return prepared.get((int) Math.floorMod(activity / 64, (long) BODIES));
  }
}
