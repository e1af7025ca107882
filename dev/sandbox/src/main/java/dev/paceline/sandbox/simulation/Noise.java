package dev.paceline.sandbox.simulation;

/// Smooth noise between −1 and 1, the same on every machine: makes a measure look measured.
record Noise(long seed, double pointsPerWave) {
  double at(int point) {
    double position = point / pointsPerWave;
    long knot = (long) Math.floor(position);
    double share = position - knot;
    double smoothed = share * share * (3 - 2 * share);
    return knot(knot) * (1 - smoothed) + knot(knot + 1) * smoothed;
  }

  private double knot(long number) {
    return (SeededRandom.mix(seed, number) >> 11) * 0x1.0p-52;
  }
}
