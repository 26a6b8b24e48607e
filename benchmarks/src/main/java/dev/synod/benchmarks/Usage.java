package dev.synod.benchmarks;

/**
 * What processes have used since they started, or the difference of two such readings. Not a number
 * where it can't be told.
 *
 * @param peakBytes the most memory that was resident at a time, summed over the processes
 * @param diskBytes written to the disk by anybody on this machine
 * @param wireBytes sent over the loopback by anybody on this machine
 * @param allocatedBytes on the heap of this process, by threads that still live
 */
record Usage(
    double cpuNanos, double peakBytes, double diskBytes, double wireBytes, double allocatedBytes) {

  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /** What was used between that reading and this one. */
  Usage since(Usage before) {
    return new Usage(
        cpuNanos - before.cpuNanos,
        peakBytes,
        diskBytes - before.diskBytes,
        wireBytes - before.wireBytes,
        allocatedBytes - before.allocatedBytes);
  }
}
