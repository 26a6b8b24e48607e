package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.SnapshotPolicy;
import dev.synod.core.Entry;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.rules.multi.Regimes;
import dev.synod.paxos.rules.multi.SlotEffect;
import dev.synod.paxos.rules.multi.SlotLearner;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The learner of a replica as an actor: hands what was chosen to the state machine, in the order of
 * the slots, and helps learners that lack some of it. The state machine's actor is its child.
 */
final class SlotLearnerBehavior implements SlotEffect.Performer {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Replicas replicas;
  private final ActorRef<ReplicaMessage> acceptor;
  private final ActorRef<ReplicaMessage> proposer;
  private final ActorRef<ApplierMessage> applier;
  private final ApplyFeed feed;
  private final SnapshotPolicy snapshots;
  private final Refusals refusals;
  private final LearnedVotes votes = new LearnedVotes();
  private final ValuesAtHand values = new ValuesAtHand();
  private final Deliveries deliveries;
  private final WaitingAtSlots waiting;
  private final Governing governing;
  private MultiPaxosSettings settings;
  private SlotLearner learner;
  private long askedAt;

  private SlotLearnerBehavior(
      ActorContext<ReplicaMessage> context,
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      Regimes founding,
      ActorRef<ReplicaMessage> replica,
      Roles roles) {
    this.context = context;
    this.setup = setup;
    this.settings = settings;
    this.replicas = new Replicas(setup, replica, roles);
    this.acceptor = roles.acceptor();
    this.proposer = roles.proposer();
    this.applier =
        context.spawn(setup.applier().apply(replica), "applier", DispatcherSelector.sameAsParent());
    context.watch(applier);
    this.governing = new Governing(setup.reconfigured(), founding, acceptor, proposer);
    this.feed =
        new ApplyFeed(
            new SlotSource(votes, values, governing, acceptor),
            context.getSelf(),
            applier,
            settings.entriesPerApplyMax(),
            settings.entriesAheadMax());
    this.snapshots =
        new SnapshotPolicy(
            settings.snapshotAfterEntries(),
            settings.snapshotAfterBytes(),
            settings.snapshotTailEntries());
    this.deliveries = new Deliveries(context, setup);
    this.refusals = new Refusals(setup.group(), setup.peers(), setup.meters(), Optional::empty);
    this.waiting = new WaitingAtSlots(feed, refusals, proposer);
    this.learner = SlotLearner.recovered(setup.self().store(), 0, votes);
    this.askedAt = setup.nanoTime().getAsLong() - settings.heartbeatInterval().toNanos();
  }

  /** One that begins by restoring the state machine from the newest snapshot. */
  static Behavior<ReplicaMessage> of(
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      Regimes founding,
      ActorRef<ReplicaMessage> replica) {
    return Behaviors.setup(
        context ->
            Roles.met(
                roles ->
                    new SlotLearnerBehavior(context, setup, settings, founding, replica, roles)
                        .restoring()));
  }

  private Behavior<ReplicaMessage> restoring() {
    feed.restore();
    return Refusing.orIgnoring(
        Behaviors.receive(ReplicaMessage.class)
            .onMessage(ApplierMessage.Restored.class, this::onFirstRestored)
            .onMessage(Inside.Ready.class, this::onReady)
            .onMessage(ApplierMessage.Broken.class, this::onBroken)
            .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
            .onMessage(Inside.Trouble.class, this::onTrouble)
            .onMessage(Inside.Retuned.class, this::onRetuned)
            .onMessage(Inside.Report.class, this::onReport));
  }

  private Behavior<ReplicaMessage> onFirstRestored(ApplierMessage.Restored restored) {
    long slot = restored.position().index();
    snapshots.taken(restored.position());
    votes.compacted(slot);
    learner = learner.installed(slot);
    governing.restored(slot, restored.configuration());
    acceptor.tell(new Inside.Begin(slot));
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onReady(Inside.Ready ready) {
    long snapshot = votes.base();
    votes.chosen(ready.chosen());
    ready.ballots().forEach(votes::voted);
    learner = SlotLearner.recovered(setup.self().store(), ready.chosen(), votes);
    restored(snapshot);
    commit(new SlotEffect.Commit(ready.chosen()));
    context
        .getLog()
        .info("{} recovered: snapshot {}, chosen {}", setup.group(), snapshot, ready.chosen());
    return learning();
  }

  private Behavior<ReplicaMessage> learning() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(FromReplica.class, this::onMessage)
        .onMessage(Inside.Voted.class, this::onVoted)
        .onMessage(Inside.Heard.class, this::onHeard)
        .onMessage(Inside.Chosen.class, this::onChosen)
        .onMessage(Inside.CatchUp.class, this::onCatchUp)
        .onMessage(Inside.Await.class, waiting::await)
        .onMessage(Inside.Join.class, waiting::join)
        .onMessage(Inside.Abandon.class, waiting::abandon)
        .onMessage(Inside.ForApplier.class, this::forApplier)
        .onMessage(ApplyFeed.Fetched.class, this::onFetched)
        .onMessage(ApplierMessage.Applied.class, this::onApplied)
        .onMessage(ApplierMessage.Restored.class, this::onRestored)
        .onMessage(ApplierMessage.SnapshotTaken.class, this::onSnapshotTaken)
        .onMessage(ApplierMessage.SnapshotFailed.class, this::onSnapshotFailed)
        .onMessage(ApplierMessage.LookBack.class, this::onLookBack)
        .onMessage(ApplierMessage.Broken.class, this::onBroken)
        .onMessage(ReplicaMessage.SnapshotReceived.class, this::onSnapshotReceived)
        .onMessage(ReplicaMessage.SnapshotDelivered.class, this::onSnapshotDelivered)
        .onMessage(ReplicaMessage.SnapshotNotDelivered.class, this::onSnapshotNotDelivered)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(Inside.Trouble.class, this::onTrouble)
        .onMessage(Inside.Report.class, this::onReport)
        .onMessage(Inside.Retuned.class, this::onRetuned)
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> perform(SlotStep<SlotLearner> step) {
    learner = step.after();
    for (SlotEffect effect : step.effects()) {
      effect.perform(this);
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onMessage(FromReplica told) {
    return told.message() instanceof SlotMessage.ToLearner message
        ? perform(learner.receive(message))
        : Behaviors.same();
  }

  private Behavior<ReplicaMessage> onVoted(Inside.Voted voted) {
    for (Entry entry : voted.entries()) {
      if (entry.index() > learner.chosen()) {
        votes.voted(entry.index(), voted.ballot());
        values.put(entry);
      }
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onHeard(Inside.Heard heard) {
    if (heard.from().equals(setup.self().store())) {
      return Behaviors.same();
    }
    long now = setup.nanoTime().getAsLong();
    boolean mayAsk = heard.isLead() && now - askedAt >= settings.heartbeatInterval().toNanos();
    return perform(learner.heard(heard.from(), heard.ballot(), heard.chosen(), mayAsk));
  }

  private Behavior<ReplicaMessage> onChosen(Inside.Chosen chosen) {
    var slots = chosen.slots();
    return perform(learner.chosenHere(slots.ballot(), slots.slot(), slots.entries()));
  }

  private Behavior<ReplicaMessage> onCatchUp(Inside.CatchUp wanted) {
    return perform(learner.catchUp(wanted.with().from(), wanted.with().slot()));
  }

  private Behavior<ReplicaMessage> onRetuned(Inside.Retuned retuned) {
    settings = retuned.settings();
    feed.bounds(settings.entriesPerApplyMax(), settings.entriesAheadMax());
    snapshots.thresholds(
        settings.snapshotAfterEntries(),
        settings.snapshotAfterBytes(),
        settings.snapshotTailEntries());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> forApplier(Inside.ForApplier it) {
    applier.tell(it.message());
    return Behaviors.same();
  }

  // The state machine

  private Behavior<ReplicaMessage> onFetched(ApplyFeed.Fetched fetched) {
    var failure = feed.fetched(fetched);
    waiting.leaveDisplacedOpen();
    failure.ifPresent(why -> trouble(why.message(), true));
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onApplied(ApplierMessage.Applied applied) {
    feed.applied(applied.index());
    waiting.leaveDisplacedOpen();
    setup.meters().appliedIndex(applied.index());
    proposer.tell(new Inside.AppliedUpTo(applied.index(), learner.chosen()));
    takeSnapshotIfDue();
    return Behaviors.same();
  }

  private void takeSnapshotIfDue() {
    if (snapshots.isDue(feed.applied(), feed.bytesFed()) && governing.isSettledAt(feed.applied())) {
      applier.tell(ApplierMessage.TakeSnapshot.INSTANCE);
    }
  }

  private Behavior<ReplicaMessage> onSnapshotTaken(ApplierMessage.SnapshotTaken taken) {
    snapshots.taken(taken.position());
    compact(taken.position().index() - settings.snapshotTailEntries());
    setup.meters().snapshotWritten(taken.bytes());
    takeSnapshotIfDue();
    return Behaviors.same();
  }

  private void compact(long slot) {
    if (slot > votes.base()) {
      votes.compacted(slot);
      acceptor.tell(new Inside.Compact(slot));
    }
  }

  private Behavior<ReplicaMessage> onSnapshotFailed(ApplierMessage.SnapshotFailed failed) {
    context.getLog().warn("no snapshot of {}: {}", setup.group(), failed.reason());
    snapshots.failed(feed.applied());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onLookBack(ApplierMessage.LookBack back) {
    feed.lookBack(back);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onBroken(ApplierMessage.Broken broken) {
    trouble(broken.reason(), false);
    return Behaviors.same();
  }

  private void trouble(String why, boolean isReadable) {
    replicas.self().tell(new Inside.Trouble(why, isReadable));
  }

  // Snapshots of other replicas, and for them

  private Behavior<ReplicaMessage> onSnapshotReceived(ReplicaMessage.SnapshotReceived received) {
    setup.meters().snapshotReceived(received.bytes());
    if (received.position().index() > feed.applied()) {
      feed.restore();
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onRestored(ApplierMessage.Restored restored) {
    long slot = restored.position().index();
    learner = learner.installed(slot);
    votes.chosen(learner.chosen());
    snapshots.taken(restored.position());
    if (slot > votes.base() && slot > feed.applied()) {
      compact(slot);
    }
    setup.meters().commitIndex(learner.chosen());
    governing.restored(slot, restored.configuration());
    known(learner.chosen());
    restored(slot);
    feed.committed(learner.chosen());
    proposer.tell(new Inside.AppliedUpTo(feed.applied(), learner.chosen()));
    return Behaviors.same();
  }

  private void restored(long slot) {
    values.handed(slot);
    feed.restored(slot);
  }

  @Override
  public void sendSnapshot(SlotEffect.SendSnapshot effect) {
    governing.member(effect.to()).ifPresent(to -> deliveries.start(to, snapshots.lastIndex()));
  }

  private Behavior<ReplicaMessage> onSnapshotDelivered(ReplicaMessage.SnapshotDelivered delivered) {
    deliveries.ended(delivered.to());
    setup.meters().snapshotSent(delivered.bytes());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onSnapshotNotDelivered(
      ReplicaMessage.SnapshotNotDelivered notDelivered) {
    deliveries.ended(notDelivered.to());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    replicas.put(peer);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onReport(Inside.Report report) {
    proposer.tell(
        new Inside.Report(
            report.replyTo(),
            report.lastSlot(),
            learner.chosen(),
            learner.gaps(),
            feed.applied(),
            snapshots.lastIndex()));
    return Behaviors.same();
  }

  /** What is applied may still be read; nothing more comes. */
  private Behavior<ReplicaMessage> onTrouble(Inside.Trouble trouble) {
    applier.tell(new ApplierMessage.CloseWatches(trouble.why()));
    refusals.leaveOpen(feed.abandon(), trouble.why());
    return Refusing.orIgnoring(
        Behaviors.receive(ReplicaMessage.class)
            .onMessage(Inside.ForApplier.class, this::forApplier)
            .onMessage(Inside.Report.class, this::onReport));
  }

  // Effects

  @Override
  public void commit(SlotEffect.Commit effect) {
    votes.chosen(effect.slot());
    setup.meters().commitIndex(effect.slot());
    known(effect.slot());
    feed.committed(effect.slot());
    waiting.leaveDisplacedOpen();
  }

  /** The proposer hears of it when something is applied. */
  private void known(long slot) {
    acceptor.tell(new Inside.Known(slot));
  }

  @Override
  public void send(SlotEffect.Send effect) {
    askedAt = setup.nanoTime().getAsLong();
    replicas.tell(effect.to(), effect.message());
  }

  @Override
  public void writeChosen(SlotEffect.WriteChosen effect) {
    effect.entries().forEach(values::put);
    acceptor.tell(new Inside.WriteChosen(effect.entries()));
  }

  @Override
  public void sendChosen(SlotEffect.SendChosen effect) {
    acceptor.tell(new Inside.TellOthers(effect));
  }
}
