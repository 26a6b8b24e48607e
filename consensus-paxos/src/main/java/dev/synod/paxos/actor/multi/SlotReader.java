package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Entry;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.LogFailure;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.multi.SlotAcceptor;
import dev.synod.paxos.rules.multi.SlotEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Finds the values of slots, in memory or on disk, for whoever wants them: a proposer that is
 * promised something, a replica that lacks what was chosen, this replica's own learner.
 */
final class SlotReader {

  /**
   * Messages at once to a replica that lacks what was chosen: else how fast it catches up would be
   * bounded by how far away it is.
   */
  private static final int PARTS_MAX = 8;

  private final StoreId self;
  private final SlotLog slots;
  private final Replicas replicas;
  private final ActorRef<ReplicaMessage> acceptor;
  private MultiPaxosSettings settings;

  /**
   * @param acceptor is told what was read
   */
  SlotReader(
      StoreId self,
      SlotLog slots,
      MultiPaxosSettings settings,
      Replicas replicas,
      ActorRef<ReplicaMessage> acceptor) {
    this.self = self;
    this.slots = slots;
    this.settings = settings;
    this.replicas = replicas;
    this.acceptor = acceptor;
  }

  /** Goes by these from now on. */
  void settings(MultiPaxosSettings other) {
    settings = other;
  }

  /** For the learner. */
  void fetch(Inside.Fetch wanted) {
    slots
        .cached(wanted.from(), wanted.to())
        .ifPresentOrElse(
            values -> wanted.callback().accept(new ReadResult.Entries(values)),
            () ->
                slots.read(
                    wanted.from(),
                    wanted.to(),
                    settings.recoveryBytesMax(),
                    result -> acceptor.tell(new Inside.ValuesRead(wanted, result))));
  }

  /** What was read for the learner. */
  void read(Inside.ValuesRead read) {
    if (!(read.result() instanceof ReadResult.Entries found)) {
      read.wanted().callback().accept(read.result());
      return;
    }
    var values = slots.valuesOf(found.entries(), read.wanted().from(), read.wanted().to());
    if (values.isEmpty()) {
      fetch(read.wanted()); // a newer vote for it was written meanwhile
    } else {
      read.wanted().callback().accept(new ReadResult.Entries(values));
    }
  }

  /** For another replica; nothing if it is too late for that, as a snapshot covers it. */
  void sendChosen(SlotEffect.SendChosen wanted) {
    long last = lastOf(PARTS_MAX, wanted.firstSlot(), wanted.lastSlot());
    if (wanted.firstSlot() <= slots.base() || last < wanted.firstSlot()) {
      return;
    }
    slots
        .cached(wanted.firstSlot(), last)
        .ifPresentOrElse(
            values -> tellChosen(wanted, values),
            () ->
                slots.read(
                    wanted.firstSlot(),
                    last,
                    PARTS_MAX * settings.bytesPerMessageMax(),
                    result -> acceptor.tell(new Inside.ChosenRead(wanted, result))));
  }

  /** What was read for another replica. Returns why not if it could not be read. */
  Optional<LogFailure> read(Inside.ChosenRead read) {
    if (read.result() instanceof ReadResult.Entries found) {
      var wanted = read.wanted();
      tellChosen(wanted, slots.valuesOf(found.entries(), wanted.firstSlot(), wanted.lastSlot()));
    }
    return failureOf(read.result());
  }

  private void tellChosen(SlotEffect.SendChosen wanted, List<Entry> values) {
    var parts = settings.limits().cut(values);
    int count = Math.min(parts.size(), PARTS_MAX);
    for (int part = 0; part < count; part++) {
      replicas.tell(wanted.to(), new Learned(self, parts.get(part), part == count - 1));
    }
  }

  /** A part of a promise; nothing if something higher was promised meanwhile. */
  void sendPromise(SlotEffect.SendPromise wanted, SlotAcceptor promising) {
    if (!promising.promised().equals(wanted.ballot())) {
      return;
    }
    long first = firstVote(wanted, promising);
    long last = lastOf(1, first, slots.last());
    if (first > slots.last()) {
      tellPromise(wanted, promising, List.of());
      return;
    }
    slots
        .cached(first, last)
        .ifPresentOrElse(
            values -> tellPromise(wanted, promising, values),
            () ->
                slots.read(
                    first,
                    last,
                    settings.bytesPerMessageMax(),
                    result -> acceptor.tell(new Inside.VotesRead(wanted, result))));
  }

  /** What was read for a promise. Returns why not if it could not be read. */
  Optional<LogFailure> read(Inside.VotesRead read, SlotAcceptor promising) {
    var wanted = read.promise();
    if (read.result() instanceof ReadResult.Entries found
        && promising.promised().equals(wanted.ballot())) {
      long first = firstVote(wanted, promising);
      long last = lastOf(1, first, slots.last());
      tellPromise(wanted, promising, slots.valuesOf(found.entries(), first, last));
    }
    return failureOf(read.result());
  }

  private static Optional<LogFailure> failureOf(ReadResult result) {
    return result instanceof ReadResult.Failed failed
        ? Optional.of(failed.failure())
        : Optional.empty();
  }

  private long known(SlotAcceptor promising) {
    return Math.max(promising.chosen(), slots.base());
  }

  private long firstVote(SlotEffect.SendPromise wanted, SlotAcceptor promising) {
    long slot = Math.max(wanted.firstSlot(), known(promising) + 1);
    while (slot <= slots.last() && slots.ballotAt(slot).equals(Ballot.ZERO)) {
      slot++;
    }
    return slot;
  }

  /** The last of consecutive slots with votes, as many as so many messages may have. */
  private long lastOf(int messages, long first, long upTo) {
    long most = (long) messages * settings.entriesPerMessageMax();
    long last = first - 1;
    while (last < upTo && last - first + 1 < most && slots.placeOf(last + 1) > 0) {
      last++;
    }
    return last;
  }

  private void tellPromise(
      SlotEffect.SendPromise wanted, SlotAcceptor promising, List<Entry> values) {
    var part = settings.limits().first(values).orElse(List.of());
    if (part.isEmpty() && firstVote(wanted, promising) <= slots.last()) {
      return; // what was read is not the newest any more; who asks asks again
    }
    var votes = new ArrayList<SlotVote>(part.size());
    for (Entry entry : part) {
      votes.add(new SlotVote(slots.ballotAt(entry.index()), entry));
    }
    long last = part.isEmpty() ? slots.last() : part.get(part.size() - 1).index();
    replicas.tell(
        wanted.to(),
        new Promise(
            self,
            wanted.ballot(),
            wanted.firstSlot(),
            last >= slots.last() ? Long.MAX_VALUE : last,
            votes,
            known(promising)));
  }
}
