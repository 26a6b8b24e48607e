package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.AdminRequest.ChangeMembers;
import dev.synod.actors.message.AdminRequest.CurrentLeader;
import dev.synod.actors.message.AdminRequest.GetConfiguration;
import dev.synod.actors.message.AdminRequest.GetLeader;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.Freshness;
import dev.synod.actors.replica.Lease;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotProposer;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Reads that clients ask of a replica. Some need nobody else; for the others it must first be known
 * which slots they have to see. The distinguished proposer asks a quorum for that, unless its lease
 * tells; another replica asks the distinguished proposer: one question for all reads that wait, and
 * the next when that is answered.
 */
final class ProposerReads {

  private static final String ANYBODY =
      "any member of a group of Multi-Paxos may come to propose: there is nothing to transfer";

  private final ReplicaSetup setup;
  private final ProposerTimers clock;
  private final ClientQueue clients;
  private final Refusals refusals;
  private final ActorRef<ReplicaMessage> learner;
  private final Freshness freshness = new Freshness();
  private final Lease lease;
  private MultiPaxosSettings settings;
  private long applied;

  /**
   * @param clients where those wait that are not confirmed
   */
  ProposerReads(
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      ProposerTimers clock,
      ClientQueue clients,
      Refusals refusals,
      ActorRef<ReplicaMessage> learner) {
    this.setup = setup;
    this.settings = settings;
    this.clock = clock;
    this.clients = clients;
    this.refusals = refusals;
    this.learner = learner;
    this.lease = new Lease(settings.lease().toNanos());
  }

  /** Goes by these from now on. */
  void settings(MultiPaxosSettings other) {
    settings = other;
    lease.runs(other.lease().toNanos());
  }

  /**
   * Has those answered which can be; of the others each waits for {@link #next}, or is refused.
   *
   * @param perform does at once what the proposer is to do for an administrator
   */
  void take(
      Ask ask,
      Supplier<SlotProposer> proposer,
      MemberChanges changes,
      Consumer<SlotStep<SlotProposer>> perform) {
    var left = new ArrayList<Question>(0);
    long now = setup.nanoTime().getAsLong();
    for (Question question : ask.questions()) {
      var slot = freshness.indexFor(question.freshness(), now);
      if (question.query() instanceof AdminRequest request) {
        administer(ask.client(), question, request, proposer.get(), changes).ifPresent(perform);
      } else if (slot.isPresent()) {
        answer(new ClientQueue.Asked(ask.client(), question), slot.getAsLong(), proposer.get());
      } else {
        left.add(question);
      }
    }
    if (!left.isEmpty()) {
      confirm(new Ask(ask.group(), ask.client(), left), proposer.get());
    }
  }

  /** Who belongs to the group is read as everything else is: a quorum has to confirm. */
  private Optional<SlotStep<SlotProposer>> administer(
      ActorRef<Answers> client,
      Question question,
      AdminRequest request,
      SlotProposer proposer,
      MemberChanges changes) {
    if (!(proposer instanceof Leading leading)) {
      tell(client, question, new Outcome.Rejected<>(Reason.NO_LEADER, "ask who proposes"));
    } else if (request instanceof GetConfiguration) {
      confirm(new Ask(setup.group(), client, List.of(question)), proposer);
    } else if (request instanceof GetLeader) {
      var leader = new CurrentLeader(setup.self(), leading.term().number());
      tell(client, question, new Outcome.Ok<>(leader, leading.state().chosen()));
    } else if (request instanceof ChangeMembers change) {
      return changes.ask(leading, client, question, change);
    } else {
      tell(client, question, new Outcome.Rejected<>(Reason.INVALID, ANYBODY));
    }
    return Optional.empty();
  }

  private void tell(ActorRef<Answers> client, Question question, Outcome<Object> outcome) {
    refusals.answer(client, question.tag(), outcome);
  }

  private void answer(ClientQueue.Asked asked, long slot, SlotProposer proposer) {
    if (asked.question().query() instanceof GetConfiguration) {
      Outcome<Object> members =
          applied >= slot
              ? MemberChanges.current(proposer.state().configuration(), slot)
              : new Outcome.Rejected<>(Reason.BUSY, "what is chosen is being applied; ask again");
      tell(asked.client(), asked.question(), members);
    } else {
      var question = new ApplierMessage.Answer(asked.client(), asked.question(), slot);
      learner.tell(new Inside.ForApplier(question));
    }
  }

  private void confirm(Ask ask, SlotProposer proposer) {
    if (proposer.leader().isEmpty()) {
      refusals.refuse(ask, Reason.NO_LEADER, "this replica hears no proposer");
    } else if (!clients.hasRoomFor(ask)) {
      refusals.refuse(ask, Reason.BUSY, "too many reads are under way; try again later");
    } else {
      ask.questions().forEach(question -> add(ask.client(), question, proposer));
    }
  }

  private void add(ActorRef<Answers> client, Question question, SlotProposer proposer) {
    boolean mayUseLease = settings.leaseReads() && question.freshness() instanceof Read.Lease;
    if (mayUseLease && proposer instanceof Leading) {
      clients.addLease(client, question);
    } else {
      clients.add(client, question);
    }
  }

  /** What to do about those that wait; empty when nothing is to be done now. */
  Optional<SlotStep<SlotProposer>> next(SlotProposer proposer) {
    long now = setup.nanoTime().getAsLong();
    if (proposer instanceof Leading leading) {
      if (clients.hasLeaseReads()) {
        long since = lease.recentSince(leading.term(), now);
        return Optional.of(leading.readByLease(clients.numberLeaseReads(now), since));
      }
      return clients.hasReads()
          ? Optional.of(leading.read(clients.numberReads(now)))
          : Optional.empty();
    }
    return clients.hasReads() && !clients.isConfirming()
        ? Optional.of(ask(proposer, clients.numberReads(now)))
        : Optional.empty();
  }

  private SlotStep<SlotProposer> ask(SlotProposer proposer, long number) {
    clock.restartRead();
    return proposer.read(number);
  }

  /** The question or its answer may be lost, or another replica may propose now. */
  Optional<SlotStep<SlotProposer>> again(SlotProposer proposer) {
    var number = clients.oldestConfirming();
    return proposer instanceof Leading || number.isEmpty()
        ? Optional.empty()
        : Optional.of(ask(proposer, number.getAsLong()));
  }

  /** Of a distinguished proposer, heartbeats of a round are about to go out. */
  void beats(Leading leading) {
    if (lease.isNew(leading.term(), leading.reads().round())) {
      lease.goesOut(leading.term(), leading.reads().round(), setup.nanoTime().getAsLong());
    }
  }

  /** Those may be answered. A replica that has much to apply first would be slower than others. */
  void confirmed(ConfirmRead effect, SlotProposer proposer) {
    var confirmed = clients.confirmed(effect.read());
    if (confirmed.reads().isEmpty()) {
      return;
    }
    freshness.learned(confirmed.since(), effect.slot());
    if (!(proposer instanceof Leading) && effect.slot() - applied > settings.entriesAheadMax()) {
      var waiters = confirmed.reads().stream().map(ClientQueue::waiter).toList();
      refusals.refuse(waiters, Reason.NO_LEADER, "this replica is far behind: ask another");
    } else {
      confirmed.reads().forEach(asked -> answer(asked, effect.slot(), proposer));
    }
  }

  /** All slots up to there are applied. */
  void applied(long slot) {
    applied = slot;
  }

  long applied() {
    return applied;
  }

  /** Nobody will confirm those that wait. */
  void refuseAll(String why) {
    var waiting = clients.takeReads();
    if (!waiting.isEmpty()) {
      refusals.refuse(waiting, Reason.NO_LEADER, why);
    }
  }
}
