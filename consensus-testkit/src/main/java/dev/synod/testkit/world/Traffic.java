package dev.synod.testkit.world;

/** What became of the messages between machines. */
public final class Traffic {

  long sent;
  long arrived;
  long lost;
  long doubled;
  long overtaken;

  Traffic() {}

  public long sent() {
    return sent;
  }

  public long arrived() {
    return arrived;
  }

  /** By chance, or since the link was cut when they left or when they would have arrived. */
  public long lost() {
    return lost;
  }

  public long doubled() {
    return doubled;
  }

  /** Those that were free to overtake others. */
  public long overtaken() {
    return overtaken;
  }
}
