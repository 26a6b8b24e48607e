package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.replica.ClosedSessions;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.EntryKind;
import dev.synod.core.Invariants;
import dev.synod.core.Outcome.Reason;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.ProposerState;
import dev.synod.paxos.rules.multi.Regimes;
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
  private final ProposerParts parts;
  private Regimes regimes;
  private SlotProposer proposer;
  private boolean flushIsDue;

  private SlotProposerBehavior(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timers,
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      Regimes founding,
      ActorRef<ReplicaMessage> replica,
      Roles roles) {
    this.context = context;
    this.setup = setup;
    this.regimes = founding;
    this.parts =
        new ProposerParts(context, timers, setup, settings, replica, roles, () -> proposer);
    this.proposer = SlotProposer.atStart(state(Ballot.ZERO, 0)).after();
  }

  /** One that takes part once its replica's acceptor has read its log. */
  static Behavior<ReplicaMessage> of(
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      Regimes founding,
      ActorRef<ReplicaMessage> replica) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Roles.met(
                        roles ->
                            new SlotProposerBehavior(
                                    context, timers, setup, settings, founding, replica, roles)
                                .waiting())));
  }

  private ProposerState state(Ballot seen, long chosen) {
    return new ProposerState(
        setup.self().store(), regimes, parts.settings().limits(), seen, chosen);
  }

  private Behavior<ReplicaMessage> waiting() {
    return Refusing.orIgnoring(
        Refusing.clients(parts.refusals, Reason.NO_LEADER, "the replica is starting")
            .onMessage(Inside.Ready.class, this::onReady)
            .onMessage(Inside.Governed.class, this::onFirstGoverned)
            .onMessage(Inside.Trouble.class, this::onTrouble)
            .onMessage(ReplicaMessage.PeerAt.class, parts::onPeerAt)
            .onMessage(ApplierMessage.SessionsChanged.class, parts::onSessionsChanged)
            .onMessage(WhoLeads.class, parts::onWhoLeads)
            .onMessage(Inside.Retuned.class, this::onRetuned)
            .onMessage(
                Inside.Report.class, report -> report(report, "starting", Optional.empty())));
  }

  private Behavior<ReplicaMessage> onFirstGoverned(Inside.Governed governed) {
    regimes = governed.regimes();
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onReady(Inside.Ready ready) {
    var start = SlotProposer.atStart(state(ready.promised(), ready.chosen()));
    proposer = start.before();
    perform(start);
    return taking();
  }

  private Behavior<ReplicaMessage> taking() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(FromReplica.class, this::onMessage)
        .onMessage(Inside.Heard.class, this::onHeard)
        .onMessage(Inside.AppliedUpTo.class, this::onApplied)
        .onMessage(Inside.Governed.class, this::onGoverned)
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Inside.Again.class, this::onAgain)
        .onMessage(Pull.class, parts::onPull)
        .onMessage(KeepAlive.class, parts::onKeepAlive)
        .onMessage(ApplierMessage.SessionsChanged.class, parts::onSessionsChanged)
        .onMessage(WhoLeads.class, parts::onWhoLeads)
        .onMessage(ReplicaMessage.PeerAt.class, parts::onPeerAt)
        .onMessageEquals(Inside.Postpone.INSTANCE, this::onPostpone)
        .onMessageEquals(Inside.Timeout.ELECTION, this::onElection)
        .onMessageEquals(Inside.Timeout.READ, this::onReadDue)
        .onMessageEquals(Inside.Timeout.HEARTBEAT, () -> perform(proposer.heartbeatDue()))
        .onMessageEquals(Inside.Timeout.QUORUM_CHECK, this::onQuorumCheck)
        .onMessageEquals(Inside.Timeout.FLUSH, this::onFlush)
        .onMessage(Inside.Trouble.class, this::onTrouble)
        .onMessage(ApplierMessage.Digested.class, parts::onDigested)
        .onMessage(DigestsAre.class, parts::onDigestsAre)
        .onMessage(Inside.Retuned.class, this::onRetuned)
        .onMessage(
            Inside.Report.class,
            report -> report(report, proposer.name(), parts.consistency.trouble()))
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> perform(SlotStep<SlotProposer> step) {
    var before = proposer;
    Invariants.check(step.before() == before, "a step of %s is none of %s", step.before(), before);
    proposer = step.after();
    boolean isOther = before.getClass() != proposer.getClass();
    boolean isLost = before.leader().isPresent() && proposer.leader().isEmpty();
    if (before.isInOffice() && !proposer.isInOffice()) {
      stoppedLeading(before);
    }
    if (isOther || isLost) {
      parts.reads.refuseAll(
          before.isInOffice() ? "the proposer was deposed" : "the proposer is silent");
    }
    if (proposer instanceof Leading leading) {
      parts.reads.beats(leading);
    }
    for (SlotEffect effect : step.effects()) {
      effect.perform(this);
    }
    if (isOther) {
      changedRole();
    }
    if (proposer instanceof Leading leading) {
      parts.changes.look(leading);
    }
    parts.seekers.look(proposer.state().epoch(), parts::leaderRef);
    return Behaviors.same();
  }

  private void changedRole() {
    if (proposer instanceof Leading) {
      parts.sessions.restart();
      setup.meters().electionWon();
    }
    setup.meters().role(proposer.name());
    setup.meters().term(proposer.state().seen().round());
    context
        .getLog()
        .info("{} is {}, ballot {}", setup.group(), proposer.name(), proposer.state().seen());
  }

  /** A proposer that has come to the end of its last regime knows all to be chosen. */
  private void stoppedLeading(SlotProposer before) {
    boolean knowsAll =
        before instanceof Leading leading && proposer.state().chosen() >= leading.next() - 1;
    if (!knowsAll) {
      var why = "the proposer was deposed before it was known to be chosen";
      parts.learner.tell(new Inside.Abandon(why));
    }
    parts.changes.abandon();
    parts.underWay.clear();
    var notTaken = "the proposer was deposed before it took this";
    parts.refusals.refuse(parts.clients.takeNotAppended(), Reason.NO_LEADER, notTaken);
  }

  private Behavior<ReplicaMessage> onMessage(FromReplica told) {
    return told.message() instanceof SlotMessage.ToProposer answer
        ? perform(proposer.receive(parts.acceptors.heard(answer)))
        : Behaviors.same();
  }

  private Behavior<ReplicaMessage> onHeard(Inside.Heard heard) {
    return perform(proposer.heard(heard.ballot()));
  }

  private Behavior<ReplicaMessage> onPostpone() {
    if (!(proposer instanceof Leading)) {
      timer(SlotEffect.Timer.RESTART_ELECTION);
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onElection() {
    return parts.clock.isElectionDue() ? perform(proposer.electionTimeout()) : Behaviors.same();
  }

  private Behavior<ReplicaMessage> onQuorumCheck() {
    perform(proposer.quorumCheckDue());
    if (proposer instanceof Leading && parts.consistency.isDue(parts.reads.applied())) {
      parts.learner.tell(new Inside.ForApplier(new ApplierMessage.Compare(Optional.empty())));
    }
    if (proposer instanceof Leading leading && leading.room() > 0) {
      var expired = parts.sessions.due();
      if (!expired.isEmpty()) {
        var payload = new ClosedSessions(expired).encode();
        perform(leading.propose(List.of(new SlotProposal(EntryKind.CLOSE_SESSIONS, payload))));
      }
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onRetuned(Inside.Retuned retuned) {
    parts.by(retuned.settings());
    proposer = proposer.with(proposer.state().bounded(retuned.settings().limits()));
    return flushSoon();
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    if (!propose.group().equals(setup.group())) {
      parts.refusals.refuse(propose, Reason.NOT_HOSTED, "this is " + setup.group());
      return Behaviors.same();
    }
    if (!proposer.isInOffice()) {
      parts.refusals.refuse(propose, Reason.NO_LEADER, NOT_LEADING);
      return Behaviors.same();
    }
    if (!parts.hasRoomFor(propose.proposals().size())) {
      parts.refusals.refuse(propose, Reason.BUSY, parts.busy());
      return Behaviors.same();
    }
    parts.sessions.heard(propose.session());
    parts.take(propose);
    return flushSoon();
  }

  /** Its first try is answered already, so nothing waits that it could wait with. */
  private Behavior<ReplicaMessage> onAgain(Inside.Again again) {
    var proposed = again.proposal();
    if (!proposer.isInOffice()) {
      parts.refusals.refuse(List.of(proposed.notAppended()), Reason.NO_LEADER, NOT_LEADING);
      return Behaviors.same();
    }
    parts.underWay.forget(proposed);
    if (!parts.hasRoomFor(1)) {
      parts.refusals.refuse(List.of(proposed.notAppended()), Reason.BUSY, parts.busy());
      return Behaviors.same();
    }
    parts.take(new Propose(setup.group(), proposed.client(), 0, List.of(proposed.proposal())));
    return flushSoon();
  }

  private Behavior<ReplicaMessage> flushSoon() {
    parts.queues.look();
    if (!flushIsDue && !parts.clients.isEmpty()) {
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
    for (var due = parts.reads.next(proposer); due.isPresent(); due = parts.reads.next(proposer)) {
      perform(due.get());
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onReadDue() {
    return parts.clock.isReadDue()
        ? parts.reads.again(proposer).map(this::perform).orElse(Behaviors.same())
        : Behaviors.same();
  }

  /** A request whose first try is under way waits for that one; all others become slots. */
  private void propose(Leading leading) {
    var proposals = new ArrayList<SlotProposal>();
    var waiting = new ArrayList<Proposed>();
    long first = leading.next();
    long bytes = 0;
    for (Proposed proposed : parts.clients.takeProposals(leading.room())) {
      if (parts.underWay.has(proposed)) {
        parts.learner.tell(new Inside.Join(proposed));
      } else {
        parts.underWay.add(first + proposals.size(), proposed);
        waiting.add(proposed);
        proposals.add(new SlotProposal(proposed.proposal().kind(), proposed.proposal().payload()));
        bytes += proposed.proposal().payload().length();
      }
    }
    if (!proposals.isEmpty()) {
      parts.learner.tell(new Inside.Await(first, leading.term(), waiting));
      setup.meters().appended(proposals.size(), bytes);
      perform(leading.propose(proposals));
    }
  }

  private Behavior<ReplicaMessage> onApplied(Inside.AppliedUpTo applied) {
    parts.underWay.appliedUpTo(applied.slot());
    parts.reads.applied(applied.slot());
    perform(proposer.chosen(applied.chosen()));
    govern(regimes.knownUpTo(applied.slot()));
    return flushSoon();
  }

  private Behavior<ReplicaMessage> onGoverned(Inside.Governed governed) {
    govern(governed.regimes().knownUpTo(regimes.known()));
    return flushSoon();
  }

  private void govern(Regimes others) {
    regimes = others;
    perform(proposer.governed(others));
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    if (!ask.group().equals(setup.group())) {
      parts.refusals.refuse(ask, Reason.NOT_HOSTED, "this is " + setup.group());
      return Behaviors.same();
    }
    parts.reads.take(ask, () -> proposer, parts.changes, this::perform);
    return flushSoon();
  }

  private Behavior<ReplicaMessage> report(
      Inside.Report report, String role, Optional<String> trouble) {
    report.answer(setup, role, proposer, parts.acceptors, trouble);
    return Behaviors.same();
  }

  /** The replica's disk or state can't be trusted any more: it proposes nothing until a restart. */
  private Behavior<ReplicaMessage> onTrouble(Inside.Trouble trouble) {
    var why = trouble.why();
    parts.clock.stopAll();
    if (proposer.isInOffice()) {
      stoppedLeading(proposer);
    }
    parts.reads.refuseAll(why);
    return Refusing.orIgnoring(
        Refusing.clients(parts.refusals, Reason.STORAGE, why)
            .onMessage(Inside.Report.class, report -> report(report, "failed", Optional.of(why))));
  }

  @Override
  public void send(SlotEffect.Send effect) {
    parts.replicas.tell(effect.to(), effect.message());
  }

  @Override
  public void tellChosen(SlotEffect.TellChosen effect) {
    parts.learner.tell(new Inside.Chosen(effect));
  }

  @Override
  public void catchUp(SlotEffect.CatchUp effect) {
    parts.learner.tell(new Inside.CatchUp(effect));
  }

  @Override
  public void confirmRead(SlotEffect.ConfirmRead effect) {
    parts.reads.confirmed(effect, proposer);
    flushSoon();
  }

  @Override
  public void timer(SlotEffect.Timer effect) {
    parts.clock.perform(effect);
  }
}
