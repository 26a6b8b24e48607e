package dev.synod.zab.protocol;

/** What a server is doing, as it says in an election (Medeiros §4.1). */
public enum PeerState {
  LOOKING(0),
  FOLLOWING(1),
  LEADING(2),
  OBSERVING(3);

  private static final PeerState[] BY_CODE = values();

  private final int code;

  PeerState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The state with that code; an {@link IllegalArgumentException} names others. */
  public static PeerState of(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("unknown state of a server: " + code);
    }
    return BY_CODE[code];
  }
}
