package dev.synod.crdt.rules;

import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import java.util.ArrayList;
import java.util.List;

/** What {@link ShardedWorld} does wrong, so that it is found. */
enum ShardFault {
  /** All is right. */
  NONE,
  /** A change does not say what it follows in other shards. */
  FORGETS_WHAT_IT_FOLLOWS,
  /** Of intervals in one message, all but the first are taken without what they follow. */
  TAKES_LATER_INTERVALS_EARLY,
  /** Intervals in one message are acknowledged before all of them are merged. */
  ACKNOWLEDGES_MESSAGES,
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
    if (message instanceof Intervals several) {
      return sent(several.intervals());
    } else if (this == TAKES_INTERVALS_EARLY && message instanceof Deltas it) {
      return withoutElsewhere(it);
    } else if (this == CLAIMS_EARLY && message instanceof Told it) {
      return new Told(it.from(), it.session(), it.upTo(), it.sums(), it.values(), it.answered());
    }
    return message;
  }

  private Intervals sent(List<Deltas> intervals) {
    var sent = new ArrayList<Deltas>();
    for (var it : intervals) {
      boolean isLater = !sent.isEmpty() && this == TAKES_LATER_INTERVALS_EARLY;
      sent.add(this == TAKES_INTERVALS_EARLY || isLater ? withoutElsewhere(it) : it);
    }
    return new Intervals(sent);
  }

  private static Deltas withoutElsewhere(Deltas it) {
    return new Deltas(it.from(), it.first(), it.last(), it.after(), it.deltas());
  }

  /** What becomes of the answer to a message. */
  Step answered(ReplicationMessage message, Step step) {
    if (this != ACKNOWLEDGES_MESSAGES || !(message instanceof Intervals several)) {
      return step;
    }
    long last = several.intervals().get(several.intervals().size() - 1).last();
    var effects = new ArrayList<>(step.effects());
    effects.replaceAll(
        it ->
            it instanceof Effect.Send send
                    && send.to().equals(message.from())
                    && send.message() instanceof Acknowledged answer
                ? new Effect.Send(send.to(), new Acknowledged(answer.from(), last, false))
                : it);
    return new Step(step.after(), effects);
  }
}
