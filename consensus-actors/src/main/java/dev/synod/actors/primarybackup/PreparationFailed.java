package dev.synod.actors.primarybackup;

/** The leader could not carry a request out; why is the answer. */
final class PreparationFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  PreparationFailed(String message) {
    super(message, null, false, false);
  }
}
