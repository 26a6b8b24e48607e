package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Behind;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.Standing;
import java.util.Optional;

/**
 * Whose words count: those of one's own generation, as both have dropped the same. Of the others,
 * whoever is behind is told what stands.
 */
public final class Gate {

  private Gate() {}

  /** Whether a message of that generation may be merged. */
  public static boolean hears(long generation, Standing standing) {
    return generation == standing.generation();
  }

  /** What is to be said to the sender of a message of that generation. */
  public static Optional<PeerMessage> answer(
      ReplicaId self, ReplicaId from, long generation, Standing standing) {
    if (hears(generation, standing)) {
      return Optional.empty();
    }
    return Optional.of(
        generation < standing.generation()
            ? new News(self, from, standing)
            : new Behind(self, from, standing.number()));
  }

  /** What stands, if that one does not know. */
  public static Optional<PeerMessage> answer(ReplicaId self, Behind message, Standing standing) {
    return message.number() < standing.number()
        ? Optional.of(new News(self, message.from(), standing))
        : Optional.empty();
  }
}
