package dev.synod.paxos.actor.multi;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.paxos.protocol.Ballot;
import java.util.List;
import java.util.Optional;

/**
 * A record of an acceptor's log, for who looks at that from outside.
 *
 * @param ballot of the votes; empty if these values were chosen, whoever voted for them
 * @param entries of consecutive slots
 */
public record SlotRecord(Optional<Ballot> ballot, List<Entry> entries) {

  public SlotRecord {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the payload of one.
   *
   * @throws IllegalArgumentException if that is none
   */
  public static SlotRecord decode(Bytes payload) {
    var written = SlotFormat.decode(payload);
    return new SlotRecord(
        written.isChosen() ? Optional.empty() : Optional.of(written.ballot()), written.entries());
  }

  /**
   * Reads what an acceptor has promised, as it stands beside its log.
   *
   * @throws IllegalArgumentException if that is no promise
   */
  public static Ballot promise(Bytes saved) {
    return SlotFormat.decodePromise(saved);
  }

  /**
   * Reads up to where votes may be gone, as that stands beside its log.
   *
   * @throws IllegalArgumentException if that is no promise
   */
  public static long compacted(Bytes saved) {
    return SlotFormat.decodeKept(saved).compacted();
  }
}
