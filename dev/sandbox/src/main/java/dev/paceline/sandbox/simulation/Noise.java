package dev.paceline.sandbox.simulation;

/// A smooth up and down between −1 and 1, the same on every machine: what makes a measure look
/// measured.
record Noise(long seed, double pointsPerWave) {
  double at(int point) {
    double position = point / pointsPerWave;
    long knot = (long) Math.floor(position);
    double share = position - knot;
    double bend = share * share * (3 - 2 * share);
    return knot(knot) * (1 - bend) + knot(knot + 1) * bend;
  }

  private double knot(long number) {
    return (SeededRandom.mix(seed, number) >> 11) * 0x1.0p-52;
  }
}
