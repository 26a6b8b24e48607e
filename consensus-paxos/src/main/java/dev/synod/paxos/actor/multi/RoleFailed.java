package dev.synod.paxos.actor.multi;

/** A replica stops when one of its roles did. */
final class RoleFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  RoleFailed(Throwable cause) {
    super(String.valueOf(cause), cause);
  }
}
