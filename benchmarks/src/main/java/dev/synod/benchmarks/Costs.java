package dev.synod.benchmarks;

/**
 * What an operation costs, on average. Not a number where it can't be told.
 *
 * @param cpuMicros of all processes, the client's included
 * @param diskBytes written to the disk, by anybody on this machine
 * @param wireBytes over the loopback, by anybody on this machine
 * @param allocatedBytes on the client's heap; in one JVM that is everybody's
 * @param forces of one replica's files; counted only if asked for
 * @param peakMegabytes of all processes, not for each operation
 */
record Costs(
    double cpuMicros,
    double diskBytes,
    double wireBytes,
    double allocatedBytes,
    double forces,
    double peakMegabytes) {

  static Costs of(Usage used, double operations) {
    return new Costs(
        used.cpuNanos() / 1e3 / operations,
        used.diskBytes() / operations,
        used.wireBytes() / operations,
        used.allocatedBytes() / operations,
        Double.NaN,
        used.peakBytes() / (1 << 20));
  }

  static Costs ofCpu(double cpuMicros) {
    return new Costs(cpuMicros, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  Costs withForces(double counted) {
    return new Costs(cpuMicros, diskBytes, wireBytes, allocatedBytes, counted, peakMegabytes);
  }
}
