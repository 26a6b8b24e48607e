package dev.synod.actors.replica;

/**
 * A committed entry can't be read here: its class or serializer is missing. Skipping it would make
 * this replica differ from the others, so it stops instead.
 */
final class UndecodableEntry extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UndecodableEntry(long index, Exception cause) {
    this(
        """
        entry %d is committed, but this node can't read it: %s. Add the class or serializer and \
        restart\
        """
            .formatted(index, cause.getMessage()),
        cause);
  }

  private UndecodableEntry(String reason, Exception cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** For a person: which entry, what is missing, what to do. */
  String reason() {
    return reason;
  }
}
