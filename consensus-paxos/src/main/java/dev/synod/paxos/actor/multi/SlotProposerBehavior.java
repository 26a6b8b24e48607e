package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.replica.ClosedSessions;
import dev.synod.actors.replica.LeaderSeekers;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.SessionExpiry;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome.Reason;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.ProposerState;
import dev.synod.paxos.rules.multi.SlotEffect;
import dev.synod.paxos.rules.multi.SlotProposal;
import dev.synod.paxos.rules.multi.SlotProposer;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The proposer of a replica as an actor: follows the distinguished one, becomes it when that is
 * silent, and then gathers what clients ask and proposes it in batches. Batching is natural, never
 * a timer: the first request of a burst sends the actor a flush, which lands behind the requests
 * already in its mailbox. What finds no room in the window waits for what is chosen.
 */
final class SlotProposerBehavior implements SlotEffect.Performer {

  private static final String NOT_LEADING = "another replica proposes, or none does yet";

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final MultiPaxosSettings settings;
  private final Replicas replicas;
  private final ActorRef<ReplicaMessage> learner;
  private final ProposerTimers clock;
  private final ClientQueue clients;
  private final UnderWay underWay = new UnderWay();
  private final ReadsAnywhere reads;
  private final SessionExpiry sessions;
  private final Refusals refusals;
  private final LeaderSeekers seekers;
  private SlotProposer proposer;
  private boolean flushIsDue;

  private SlotProposerBehavior(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timers,
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      ActorRef<ReplicaMessage> replica,
      ActorRef<ReplicaMessage> learner) {
    this.context = context;
    this.setup = setup;
    this.settings = settings;
    this.replicas = new Replicas(setup, replica);
    this.learner = learner;
    this.clock = new ProposerTimers(timers, settings, setup.random(), setup.nanoTime());
    this.clients = new ClientQueue(settings.readsPendingMax(), setup.random().nextLong() >>> 1);
    this.sessions =
        new SessionExpiry(
            setup.founded().sessions().sessionsMax(),
            settings.sessionTimeout().toNanos(),
            settings.sessionTimeoutWhenFull().toNanos(),
            setup.nanoTime());
    this.refusals = new Refusals(setup.group(), setup.peers(), setup.meters(), this::leaderRef);
    this.reads = new ReadsAnywhere(refusals, learner);
    this.seekers = new LeaderSeekers(setup.group(), setup.founded().incarnation(), setup.peers());
    this.proposer = SlotProposer.atStart(state(Ballot.ZERO, 0)).after();
  }

  /** One that takes part once its replica's acceptor has read its log. */
  static Behavior<ReplicaMessage> of(
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      ActorRef<ReplicaMessage> replica,
      ActorRef<ReplicaMessage> learner) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SlotProposerBehavior(context, timers, setup, settings, replica, learner)
                        .waiting()));
  }

  private ProposerState state(Ballot seen, long chosen) {
    var members = setup.founded().configuration();
    return ProposerState.of(setup.self().store(), members, settings.limits(), seen, chosen);
  }

  private Behavior<ReplicaMessage> waiting() {
    return Refusing.orIgnoring(
        Refusing.clients(refusals, Reason.NO_LEADER, "the replica is starting")
            .onMessage(Inside.Ready.class, this::onReady)
            .onMessage(Inside.Trouble.class, this::onTrouble)
            .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
            .onMessage(ApplierMessage.SessionsChanged.class, this::onSessionsChanged)
            .onMessage(WhoLeads.class, this::onWhoLeads)
            .onMessage(
                Inside.Report.class, report -> report(report, "starting", Optional.empty())));
  }

  private Behavior<ReplicaMessage> onReady(Inside.Ready ready) {
    perform(SlotProposer.atStart(state(ready.promised(), ready.chosen())));
    return taking();
  }

  private Behavior<ReplicaMessage> taking() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(FromReplica.class, this::onMessage)
        .onMessage(Inside.Heard.class, this::onHeard)
        .onMessage(Inside.Known.class, this::onKnown)
        .onMessage(Inside.AppliedUpTo.class, this::onApplied)
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Inside.Again.class, this::onAgain)
        .onMessage(KeepAlive.class, this::onKeepAlive)
        .onMessage(ApplierMessage.SessionsChanged.class, this::onSessionsChanged)
        .onMessage(WhoLeads.class, this::onWhoLeads)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessageEquals(Inside.Postpone.INSTANCE, this::onPostpone)
        .onMessageEquals(Inside.Timeout.ELECTION, this::onElection)
        .onMessageEquals(Inside.Timeout.HEARTBEAT, () -> perform(proposer.heartbeatDue()))
        .onMessageEquals(Inside.Timeout.QUORUM_CHECK, this::onQuorumCheck)
        .onMessageEquals(Inside.Timeout.FLUSH, this::onFlush)
        .onMessage(Inside.Trouble.class, this::onTrouble)
        .onMessage(Inside.Report.class, report -> report(report, proposer.name(), Optional.empty()))
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> perform(SlotStep<SlotProposer> step) {
    boolean led = proposer instanceof Leading;
    var before = proposer.getClass();
    proposer = step.after();
    if (led && !(proposer instanceof Leading)) {
      stoppedLeading();
    }
    for (SlotEffect effect : step.effects()) {
      effect.perform(this);
    }
    if (before != proposer.getClass()) {
      changedRole();
    }
    seekers.look(proposer.state().epoch(), this::leaderRef);
    return Behaviors.same();
  }

  private void changedRole() {
    if (proposer instanceof Leading) {
      sessions.restart();
      setup.meters().electionWon();
    }
    setup.meters().role(proposer.name());
    setup.meters().term(proposer.state().seen().round());
    context
        .getLog()
        .info("{} is {}, ballot {}", setup.group(), proposer.name(), proposer.state().seen());
  }

  private void stoppedLeading() {
    var why = "the proposer was deposed before it was known to be chosen";
    learner.tell(new Inside.Abandon(why));
    underWay.clear();
    var notTaken = "the proposer was deposed before it took this";
    refusals.refuse(clients.takeNotAppended(), Reason.NO_LEADER, notTaken);
    refusals.refuse(clients.takeReads(), Reason.NO_LEADER, "the proposer was deposed");
  }

  private Optional<ActorRef<ReplicaMessage>> leaderRef() {
    return proposer.leader().flatMap(replicas::refOf);
  }

  private Behavior<ReplicaMessage> onMessage(FromReplica told) {
    return told.message() instanceof SlotMessage.ToProposer answer
        ? perform(proposer.receive(answer))
        : Behaviors.same();
  }

  private Behavior<ReplicaMessage> onHeard(Inside.Heard heard) {
    return perform(proposer.heard(heard.ballot()));
  }

  private Behavior<ReplicaMessage> onKnown(Inside.Known known) {
    perform(proposer.chosen(known.slot()));
    return flushSoon();
  }

  private Behavior<ReplicaMessage> onPostpone() {
    if (!(proposer instanceof Leading)) {
      timer(SlotEffect.Timer.RESTART_ELECTION);
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onElection() {
    return clock.isElectionDue() ? perform(proposer.electionTimeout()) : Behaviors.same();
  }

  private Behavior<ReplicaMessage> onQuorumCheck() {
    perform(proposer.quorumCheckDue());
    if (proposer instanceof Leading leading && leading.room() > 0) {
      var expired = sessions.due();
      if (!expired.isEmpty()) {
        var payload = new ClosedSessions(expired).encode();
        perform(leading.propose(List.of(new SlotProposal(EntryKind.CLOSE_SESSIONS, payload))));
      }
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    if (!propose.group().equals(setup.group())) {
      refusals.refuse(propose, Reason.NOT_HOSTED, "this is " + setup.group());
      return Behaviors.same();
    }
    if (!(proposer instanceof Leading)) {
      refusals.refuse(propose, Reason.NO_LEADER, NOT_LEADING);
      return Behaviors.same();
    }
    int pending = clients.proposals() + underWay.size();
    if (pending + propose.proposals().size() > settings.proposalsPendingMax()) {
      refusals.refuse(
          propose, Reason.BUSY, pending + " proposals are under way already; try again later");
      return Behaviors.same();
    }
    sessions.heard(propose.session());
    clients.add(propose);
    return flushSoon();
  }

  /** Its first try is answered already, so nothing waits that it could wait with. */
  private Behavior<ReplicaMessage> onAgain(Inside.Again again) {
    var proposed = again.proposal();
    if (!(proposer instanceof Leading)) {
      refusals.refuse(List.of(proposed.notAppended()), Reason.NO_LEADER, NOT_LEADING);
      return Behaviors.same();
    }
    underWay.forget(proposed);
    clients.add(new Propose(setup.group(), proposed.client(), 0, List.of(proposed.proposal())));
    return flushSoon();
  }

  private Behavior<ReplicaMessage> flushSoon() {
    if (!flushIsDue && !clients.isEmpty()) {
      flushIsDue = true;
      context.getSelf().tell(Inside.Timeout.FLUSH);
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onFlush() {
    flushIsDue = false;
    if (proposer instanceof Leading leading) {
      propose(leading);
    }
    if (proposer instanceof Leading leading && clients.hasReads()) {
      perform(leading.read(clients.numberReads(setup.nanoTime().getAsLong())));
    }
    return Behaviors.same();
  }

  /** A request whose first try is under way waits for that one; all others become slots. */
  private void propose(Leading leading) {
    var proposals = new ArrayList<SlotProposal>();
    var waiting = new ArrayList<Proposed>();
    long first = leading.next();
    long bytes = 0;
    for (Proposed proposed : clients.takeProposals(leading.room())) {
      if (underWay.has(proposed)) {
        learner.tell(new Inside.Join(proposed));
      } else {
        underWay.add(first + proposals.size(), proposed);
        waiting.add(proposed);
        proposals.add(new SlotProposal(proposed.proposal().kind(), proposed.proposal().payload()));
        bytes += proposed.proposal().payload().length();
      }
    }
    if (!proposals.isEmpty()) {
      learner.tell(new Inside.Await(first, leading.state().termOf(leading.ballot()), waiting));
      setup.meters().appended(proposals.size(), bytes);
      perform(leading.propose(proposals));
    }
  }

  private Behavior<ReplicaMessage> onApplied(Inside.AppliedUpTo applied) {
    underWay.appliedUpTo(applied.slot());
    return flushSoon();
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    if (!ask.group().equals(setup.group())) {
      refusals.refuse(ask, Reason.NOT_HOSTED, "this is " + setup.group());
      return Behaviors.same();
    }
    var left = reads.answered(ask);
    return left.questions().isEmpty() ? Behaviors.same() : confirm(left);
  }

  private Behavior<ReplicaMessage> confirm(Ask ask) {
    if (!(proposer instanceof Leading)) {
      refusals.refuse(ask, Reason.NO_LEADER, NOT_LEADING);
    } else if (!clients.hasRoomFor(ask)) {
      refusals.refuse(ask, Reason.BUSY, "too many reads are under way; try again later");
    } else {
      ask.questions().forEach(question -> clients.add(ask.client(), question));
    }
    return flushSoon();
  }

  private Behavior<ReplicaMessage> onKeepAlive(KeepAlive alive) {
    sessions.heard(alive.session());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onSessionsChanged(ApplierMessage.SessionsChanged changed) {
    sessions.changed(changed.opened(), changed.closed());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onWhoLeads(WhoLeads ask) {
    seekers.add(ask);
    seekers.look(proposer.state().epoch(), this::leaderRef);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    replicas.put(peer);
    seekers.look(proposer.state().epoch(), this::leaderRef);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> report(
      Inside.Report report, String role, Optional<String> trouble) {
    report.answer(setup, role, proposer, trouble);
    return Behaviors.same();
  }

  /** The replica's disk or state can't be trusted any more: it proposes nothing until a restart. */
  private Behavior<ReplicaMessage> onTrouble(Inside.Trouble trouble) {
    var why = trouble.why();
    clock.stopAll();
    if (proposer instanceof Leading) {
      stoppedLeading();
    }
    return Refusing.orIgnoring(
        Refusing.clients(refusals, Reason.STORAGE, why)
            .onMessage(Inside.Report.class, report -> report(report, "failed", Optional.of(why))));
  }

  @Override
  public void send(SlotEffect.Send effect) {
    replicas.tell(effect.to(), effect.message());
  }

  @Override
  public void tellChosen(SlotEffect.TellChosen effect) {
    learner.tell(new Inside.Chosen(effect));
  }

  @Override
  public void catchUp(SlotEffect.CatchUp effect) {
    learner.tell(new Inside.CatchUp(effect));
  }

  @Override
  public void confirmRead(SlotEffect.ConfirmRead effect) {
    for (var asked : clients.confirmed(effect.read()).reads()) {
      learner.tell(
          new Inside.Read(
              new ApplierMessage.Answer(asked.client(), asked.question(), effect.slot())));
    }
  }

  @Override
  public void timer(SlotEffect.Timer effect) {
    clock.perform(effect);
  }
}
