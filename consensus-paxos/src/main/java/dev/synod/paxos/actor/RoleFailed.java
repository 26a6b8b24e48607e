package dev.synod.paxos.actor;

/** A replica stops when one of its roles did. */
public final class RoleFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Because of that. */
  public RoleFailed(Throwable cause) {
    super(String.valueOf(cause), cause);
  }
}
