package dev.synod.testkit.picture;

/** What a replica was from one virtual nanosecond to another, in which epoch. */
record Span(String node, long from, long to, Role role, long epoch) {

  /** What a replica can be, as its changes tell it. */
  enum Role {
    DOWN("down"),
    FOLLOWER("follows"),
    CANDIDATE("stands for election"),
    LEADER("leads");

    private final String words;

    Role(String words) {
      this.words = words;
    }
  }

  Span until(long end) {
    return new Span(node, from, end, role, epoch);
  }

  @Override
  public String toString() {
    return role == Role.DOWN ? role.words : role.words + ", epoch " + epoch;
  }
}
