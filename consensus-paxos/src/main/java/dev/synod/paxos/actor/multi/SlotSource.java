package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.EntrySource;
import dev.synod.core.Entry;
import dev.synod.log.GroupLog.ReadResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Where a learner finds what is chosen: at hand, or its replica's acceptor has it. */
record SlotSource(
    LearnedVotes votes, ValuesAtHand values, Governing governing, ActorRef<ReplicaMessage> acceptor)
    implements EntrySource {

  @Override
  public long base() {
    return votes.base();
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    return from + entriesMax - 1;
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    return values.get(from, to);
  }

  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    acceptor.tell(new Inside.Fetch(from, to, callback));
  }

  @Override
  public void handed(List<Entry> entries) {
    governing.fed(entries);
    values.handed(entries.get(entries.size() - 1).index());
  }
}
