package dev.synod.actors.node;

/**
 * Which life of a group's name a message belongs to. Replicas of different incarnations refuse each
 * other.
 *
 * <pre>
 *   40 bits  origin      a digest of how the group was founded
 *   16 bits  branch      0; after a forced configuration, by which store and from where
 *    8 bits  generation  how often a configuration was forced
 * </pre>
 *
 * @param number as it travels
 */
record Incarnation(long number) {

  private static final int ORIGIN_SHIFT = 24;
  private static final int BRANCH_SHIFT = 8;
  private static final int BRANCHES = 1 << 16;
  private static final int GENERATIONS = 1 << 8;

  /** Of a group that was founded so. */
  static Incarnation founded(long digest) {
    return new Incarnation(digest >>> ORIGIN_SHIFT << ORIGIN_SHIFT);
  }

  int generation() {
    return (int) (number & (GENERATIONS - 1));
  }

  /** Whether both began with the same founding. */
  boolean isRelatedTo(Incarnation other) {
    return number >>> ORIGIN_SHIFT == other.number >>> ORIGIN_SHIFT;
  }

  /** Whether a configuration was forced in the other's group, and this is what came of it. */
  boolean supersedes(Incarnation other) {
    return isRelatedTo(other) && generation() > other.generation();
  }

  /**
   * The next one, after a configuration was forced.
   *
   * @param branch differs between two stores that do so by mistake: these stay strangers
   * @throws IllegalStateException if that was done too often
   */
  Incarnation forced(int branch) {
    if (generation() == GENERATIONS - 1) {
      throw new IllegalStateException(
          "a configuration was forced %d times: restore a backup into a new group"
              .formatted(generation()));
    }
    long origin = number >>> ORIGIN_SHIFT << ORIGIN_SHIFT;
    return new Incarnation(
        origin | ((long) Math.floorMod(branch, BRANCHES) << BRANCH_SHIFT) | (generation() + 1));
  }
}
