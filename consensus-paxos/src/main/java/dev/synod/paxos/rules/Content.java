package dev.synod.paxos.rules;

import dev.synod.core.Bytes;
import java.util.Optional;

/**
 * What a register holds: bytes, or nothing. That there is nothing is a value as any other, which a
 * read proposes and a quorum accepts.
 */
public record Content(Optional<Bytes> bytes) {

  /** What a register holds at first, and after it was emptied. */
  public static final Content NOTHING = new Content(Optional.empty());

  public static Content of(Bytes bytes) {
    return new Content(Optional.of(bytes));
  }
}
