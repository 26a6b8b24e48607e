package dev.synod.testkit.lab.quorum;

/**
 * How a register is used.
 *
 * @param w how many replicas must have taken a write
 * @param r how many must have answered a read
 */
record Options(int w, int r, ReadRepair repair, Membership membership, Stamp stamp) {

  static Options strict(int w, int r, ReadRepair repair) {
    return new Options(w, r, repair, Membership.STRICT, Stamp.TWO_PHASES);
  }
}
