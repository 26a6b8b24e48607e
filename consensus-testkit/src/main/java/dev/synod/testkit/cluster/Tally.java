package dev.synod.testkit.cluster;

/** What became of the clients' requests. */
public final class Tally {

  long asked;
  long done;
  long rejected;
  long unknown;
  long readsAsked;
  long readsDone;
  long watched;
  long watchesLost;

  Tally() {}

  public long asked() {
    return asked;
  }

  /** Acknowledged. */
  public long done() {
    return done;
  }

  /** Certainly not taken. */
  public long rejected() {
    return rejected;
  }

  /** May have been taken; those whose client crashed are in no count. */
  public long unknown() {
    return unknown;
  }

  public long readsAsked() {
    return readsAsked;
  }

  public long readsDone() {
    return readsDone;
  }

  /** Changes of which those who watch have heard. */
  public long watched() {
    return watched;
  }

  /** Watches that ended, since what they wanted was not kept any more. */
  public long watchesLost() {
    return watchesLost;
  }
}
