package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.ReplicaStatus.Detail;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Entry;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.Regimes;
import dev.synod.paxos.rules.multi.SlotEffect;
import dev.synod.paxos.rules.multi.SlotProposer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** What acceptor, learner and proposer of one replica say to each other. */
sealed interface Inside extends ReplicaMessage {

  /** The replica to its actors: these are all of them. */
  record Meet(Roles roles) implements Inside {}

  /** The learner to the acceptor: the state is restored from a snapshot of that slot. */
  record Begin(long snapshot) implements Inside {}

  /**
   * The acceptor to the others: it has read its log.
   *
   * @param chosen all slots up to there are chosen, as far as was written down
   * @param ballots of the votes in the slots after it
   */
  record Ready(Ballot promised, long chosen, Map<Long, Ballot> ballots) implements Inside {}

  /** The acceptor to the learner: it has voted. */
  record Voted(Ballot ballot, List<Entry> entries) implements Inside {}

  /**
   * The acceptor to the others: it listens to that proposer.
   *
   * @param chosen what that one knows to be chosen
   * @param isLead whether it said no more than that it leads
   */
  record Heard(StoreId from, Ballot ballot, long chosen, boolean isLead) implements Inside {}

  /**
   * The acceptor to the proposer: it has promised another one's ballot; leave that one some time.
   */
  enum Postpone implements Inside {
    INSTANCE
  }

  /** The learner to the acceptor: all slots up to there are chosen. */
  record Known(long slot) implements Inside {}

  /** The learner to the others: that governs which slot. */
  record Governed(Regimes regimes) implements Inside {}

  /** The learner to the proposer: slots are applied up to there, and chosen up to there. */
  record AppliedUpTo(long slot, long chosen) implements Inside {}

  /** The learner to the acceptor: write down that these were chosen. */
  record WriteChosen(List<Entry> entries) implements Inside {}

  /** The learner to the acceptor: values of slots, the first one at least. */
  record Fetch(long from, long to, Consumer<ReadResult> callback) implements Inside {}

  /** The learner to the acceptor: another replica lacks these. */
  record TellOthers(SlotEffect.SendChosen wanted) implements Inside {}

  /** The learner to the acceptor: a snapshot covers all slots up to there. */
  record Compact(long slot) implements Inside {}

  /** The proposer to the learner: a quorum has accepted these. */
  record Chosen(SlotEffect.TellChosen slots) implements Inside {}

  /** The proposer to the learner: that replica knows more. */
  record CatchUp(SlotEffect.CatchUp with) implements Inside {}

  /**
   * The proposer to the learner: these are about to be proposed, one a slot, from that one on.
   *
   * @param term by which each will be known
   */
  record Await(long firstSlot, Term term, List<Proposed> proposals) implements Inside {}

  /** The proposer to the learner: another try of what waits already. */
  record Join(Proposed proposal) implements Inside {}

  /** The learner to the proposer: nothing like that waits any more, so it is to be proposed. */
  record Again(Proposed proposal) implements Inside {}

  /** The proposer to the learner: it leads no more. */
  record Abandon(String why) implements Inside {}

  /** The others to the learner: this is for the state machine. */
  record ForApplier(ApplierMessage message) implements Inside {}

  /** To all: go by these from now on. */
  record Retuned(MultiPaxosSettings settings) implements Inside {}

  /** The acceptor or the learner to all: disk or state can't be trusted any more. */
  record Trouble(String why, boolean isReadable) implements Inside {}

  /**
   * One role after the other adds what it knows, the last one answers.
   *
   * @param gaps slots that it lacks among those it has heard of
   */
  record Report(
      ActorRef<ReplicaStatus> replyTo,
      long lastSlot,
      long chosen,
      long gaps,
      long applied,
      long snapshot)
      implements Inside {

    /** Nobody knows anything yet. */
    static Report to(ActorRef<ReplicaStatus> replyTo) {
      return new Report(replyTo, 0, 0, 0, 0, 0);
    }

    /** The proposer knows the rest. */
    void answer(
        ReplicaSetup setup,
        String role,
        SlotProposer proposer,
        KnownAcceptors acceptors,
        Optional<String> trouble) {
      var state = proposer.state();
      var status =
          new ReplicaStatus(
              setup.group(),
              setup.self(),
              role,
              state.epoch(),
              proposer.leader(),
              lastSlot,
              chosen,
              applied,
              snapshot,
              trouble,
              proposer instanceof Leading leading ? acceptors.of(leading) : List.of(),
              List.of(
                  new Detail("ballot", state.ballotText()),
                  Detail.of("chosen", chosen),
                  Detail.of("gaps", gaps)));
      setup.peers().tell(replyTo, status);
    }
  }

  /** The replica's own timers. */
  enum Timeout implements Inside {
    ELECTION,
    READ,
    STICKINESS,
    HEARTBEAT,
    QUORUM_CHECK,
    /** Lands behind what is in the mailbox already, so that all of it becomes one batch. */
    FLUSH
  }

  /** The acceptor's log: records that a start reads. */
  record RecordsRead(long upTo, ReadResult result) implements Inside {}

  /** The acceptor's log: values for a promise. */
  record VotesRead(SlotEffect.SendPromise promise, ReadResult result) implements Inside {}

  /** The acceptor's log: values for another replica. */
  record ChosenRead(SlotEffect.SendChosen wanted, ReadResult result) implements Inside {}

  /** The acceptor's log: values for the learner. */
  record ValuesRead(Fetch wanted, ReadResult result) implements Inside {}
}
