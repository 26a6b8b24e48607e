package dev.synod.actors.node;

/** Why a replica can't go on; its node reports the text and does not start it again. */
final class ReplicaFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplicaFailure(String message) {
    super(message);
  }
}
