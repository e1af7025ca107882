package dev.paceline.sandbox.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers that are the same on every machine: one named generator, of which only `nextLong`
/// is used, seeded by what the numbers are for.
final class SeededRandom {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator generator;

  private SeededRandom(long seed) {
    generator = FACTORY.create(seed);
  }

  /// A generator for one purpose, such as (seed, athlete, day). Each purpose has its own generator,
  /// so adding one changes no existing data.
  static SeededRandom of(long... purpose) {
    return new SeededRandom(mix(purpose));
  }

  /// A well-distributed hash of these numbers.
  static long mix(long... purpose) {
    long mixed = 0x9E3779B97F4A7C15L;
    for (long each : purpose) {
      mixed = scramble(mixed ^ scramble(each + 0x9E3779B97F4A7C15L));
    }
    return mixed;
  }

  /// From 0 inclusive to 1 exclusive.
  double nextDouble() {
    return (generator.nextLong() >>> 11) * 0x1.0p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /// Both ends inclusive.
  int between(int low, int high) {
    return low + (int) (nextDouble() * (high - low + 1L));
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(between(0, choices.size() - 1));
  }

  /// Approximately normal around `middle`: the sum of twelve uniform numbers, because library
  /// Gaussians may change with the JDK. Never more than six deviations away.
  double gaussian(double middle, double deviation) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += nextDouble();
    }
    return middle + deviation * sum;
  }

  private static long scramble(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
