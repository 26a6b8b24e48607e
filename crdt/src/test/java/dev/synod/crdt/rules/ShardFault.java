package dev.synod.crdt.rules;

import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Told;

/** What {@link ShardedWorld} does wrong, so that it is found. */
enum ShardFault {
  /** All is right. */
  NONE,
  /** A change does not say what it follows in other shards. */
  FORGETS_WHAT_IT_FOLLOWS,
  /** An interval is taken without what it follows in other shards. */
  TAKES_INTERVALS_EARLY,
  /** What a search has brought counts as merged without what it follows in other shards. */
  CLAIMS_EARLY,
  /** Another shard's replica says at once that it has what it is asked for. */
  ANSWERS_EARLY,
  /** A restart forgets what changes follow in other shards. */
  RECOVERS_WITHOUT,
  /** A call waits for its own shard alone. */
  SERVES_EARLY,
  /** An answer's token names its own shard alone. */
  NARROW_TOKENS;

  /** What becomes of a message. */
  ReplicationMessage sent(ReplicationMessage message) {
    if (this == TAKES_INTERVALS_EARLY && message instanceof Deltas it) {
      return new Deltas(it.from(), it.first(), it.last(), it.after(), it.deltas());
    } else if (this == CLAIMS_EARLY && message instanceof Told it) {
      return new Told(it.from(), it.session(), it.upTo(), it.sums(), it.values(), it.answered());
    }
    return message;
  }
}
