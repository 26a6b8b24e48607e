package dev.synod.raft.actor;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.Administration;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.ConsistencyCheck;
import dev.synod.actors.replica.Contacts;
import dev.synod.actors.replica.Departure;
import dev.synod.actors.replica.DurableGate;
import dev.synod.actors.replica.EntrySender;
import dev.synod.actors.replica.Freshness;
import dev.synod.actors.replica.LeaderSeekers;
import dev.synod.actors.replica.LogReports;
import dev.synod.actors.replica.Queues;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.Roster;
import dev.synod.actors.replica.SessionExpiry;
import dev.synod.actors.replica.SnapshotPolicy;
import dev.synod.actors.replica.SnapshotSenders;
import dev.synod.core.Configuration;
import dev.synod.core.Outcome.Reason;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.raft.RaftSettings;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.PreCandidate;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Recovery;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import dev.synod.raft.rules.Step;
import dev.synod.raft.rules.TermState;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Runs the effects of a step, in order, and becomes what the step says. The one place that knows
 * what "durable first" means: an effect which is gated waits in a queue until the log reports the
 * writes before it durable, while the replica goes on.
 */
final class RaftShell implements Effect.Performer {

  final ActorContext<ReplicaMessage> context;
  final ReplicaSetup setup;
  final RaftTimers timers;
  final GroupLog log;
  final ActorRef<ApplierMessage> applier;
  final ApplyFeed feed;
  final ClientQueue clients;
  final Queues queues;
  final Refusals refusals;
  final LeaderSeekers seekers;
  final Administration<Step> administration;
  final SessionExpiry sessions;
  final SnapshotPolicy snapshots;
  final EntrySender entries;
  final Contacts contacts;
  final Roster roster;
  final SnapshotSenders senders;
  final Departure departure;
  final Freshness freshness = new Freshness();
  final ConsistencyCheck consistency;
  final Tuned tuned;

  private final DurableGate<Effect> gate;
  private final ArrayDeque<RaftMessage> toSelf = new ArrayDeque<>();
  private final Function<Config, RaftSettings> changed;
  private RaftSettings settings;
  private Role role;

  RaftShell(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timerScheduler,
      ReplicaSetup setup,
      RaftSettings settings,
      Function<Config, RaftSettings> changed) {
    this.context = context;
    this.setup = setup;
    this.settings = settings;
    this.changed = changed;
    this.log = setup.log();
    this.applier =
        context.spawn(
            setup.applier().apply(context.getSelf()), "applier", DispatcherSelector.sameAsParent());
    this.tuned = new Tuned(context, timerScheduler, setup, applier, settings);
    this.timers = tuned.timers;
    this.gate = tuned.gate;
    this.feed = tuned.feed;
    this.clients = tuned.clients;
    this.sessions = tuned.sessions;
    this.snapshots = tuned.snapshots;
    this.departure = tuned.departure;
    this.queues = new Queues(setup.meters(), gate, clients, feed);
    this.roster = new Roster(setup, context.getSelf());
    this.refusals = new Refusals(setup.group(), setup.peers(), setup.meters(), this::leaderRef);
    this.seekers = new LeaderSeekers(setup.group(), setup.founded().incarnation(), setup.peers());
    this.administration = new Administration<>(refusals, settings.electionTimeoutMin());
    this.entries = Outgoing.sender(setup, context.getSelf(), roster);
    this.contacts = new Contacts(setup.nanoTime());
    this.senders = new SnapshotSenders(context, setup);
    this.consistency =
        new ConsistencyCheck(setup, context.getSelf(), context.getLog(), roster::refOf);
    this.role = Follower.atStart(server(setup.founded().configuration()), TermState.INITIAL, 0);
  }

  RaftSettings settings() {
    return settings;
  }

  /** Goes by other settings, as far as {@link RaftSettings#CHANGEABLE} names them. */
  void retune(ReplicaMessage.Retune retune) {
    settings = changed.apply(retune.system());
    tuned.by(settings);
    role = role.retuned(settings.limits(), settings.priority());
  }

  private Server server(Configuration base) {
    return Server.of(
        setup.self().store(), base, log, settings.limits(), Priority.of(settings.priority()));
  }

  /** Restores the state machine before anything is answered. */
  Behavior<ReplicaMessage> start() {
    log.listener(new LogReports(context.getSelf()));
    feed.restore();
    return new StartingBehavior(context, this);
  }

  /**
   * The state machine stands where the newest snapshot was taken; the log must continue from there
   * or before. A snapshot ahead of the log was received just before a crash: the log starts anew
   * behind it.
   */
  Behavior<ReplicaMessage> recovered(ApplierMessage.Restored restored) {
    var snapshot = restored.position();
    if (snapshot.index() < log.base().index()) {
      return failed(
          ("the log of %s begins after %s but the newest snapshot is of %s: "
                      + "restore the data directory from a backup, or remove")
                  .formatted(setup.group(), log.base(), snapshot)
              + " it and join as a new replica",
          false);
    }
    if (!Recovery.continues(log, snapshot)) {
      log.compactTo(snapshot);
    }
    var saved = log.saved().map(TermState::decode).orElse(TermState.INITIAL);
    var state = restored.stateless() ? saved.witnessing() : saved;
    role = Recovery.follower(server(restored.configuration()), state, snapshot);
    if (role.misfit().isPresent()) {
      return failed(role.misfit().get(), false);
    }
    if (!state.equals(saved)) {
      log.save(state.encode()); // a crash came between the snapshot and this
    }
    setup.goesBy(role.server().configuration());
    snapshots.taken(snapshot, log);
    feed.restored(snapshot.index());
    context
        .getLog()
        .info("{} recovered: {}, log {} to {}", setup.group(), state, log.base(), log.last());
    timers.perform(Effect.Timer.RESTART_ELECTION);
    timers.perform(Effect.Timer.RESTART_STICKINESS);
    return behavior();
  }

  Role role() {
    return role;
  }

  /** Applies a step, and whatever it makes this server tell itself. */
  Behavior<ReplicaMessage> perform(Step step) {
    if (step.after().misfit().isPresent()) {
      return failed(step.after().misfit().get(), false);
    }
    Role before = role;
    execute(step);
    return settled(before);
  }

  Behavior<ReplicaMessage> durable(long ticket) {
    Role before = role;
    gate.release(ticket, effect -> effect.perform(this));
    return settled(before);
  }

  /** Whether the disk is so far behind that nothing more is to be given to it. */
  boolean isDiskBehind() {
    return gate.isFull() || log.isBusy();
  }

  Behavior<ReplicaMessage> fromPeer(FromPeer fromPeer) {
    return fromPeer.incarnation() == setup.founded().incarnation()
        ? hear(fromPeer.message())
        : Behaviors.same();
  }

  /** While the disk is far behind, peers are not listened to: they say it again. */
  Behavior<ReplicaMessage> hear(RaftMessage message) {
    if (gate.isFull()) {
      return Behaviors.same();
    }
    contacts.heard(message.from());
    return perform(role.receive(message));
  }

  /**
   * A leader that steps down gives up those who wait for its entries first: the same step may
   * replace these entries, and commit what stands at their indexes then.
   */
  private void execute(Step step) {
    boolean led = role instanceof Leader;
    var known = role.server().memberships();
    boolean belonged = !role.server().isRemoved();
    role = step.after();
    if (belonged && role.server().isRemoved()) {
      context.getLog().warn("{}: {}", setup.group(), RoleBehavior.REMOVED);
    }
    if (!role.server().memberships().equals(known)) {
      setup.goesBy(role.server().configuration());
    }
    if (led && !(role instanceof Leader)) {
      stoppedLeading();
    }
    if (role instanceof Leader leader && tuned.lease.isNew(role.term(), leader.reads().round())) {
      tuned.lease.goesOut(role.term(), leader.reads().round(), setup.nanoTime().getAsLong());
    }
    for (Effect effect : step.effects()) {
      effect.perform(this);
    }
  }

  private Behavior<ReplicaMessage> settled(Role before) {
    var message = toSelf.poll();
    while (message != null) {
      execute(role.receive(message));
      message = toSelf.poll();
    }
    if (role instanceof Leader leader) {
      administration.look(new Asked(leader));
    }
    queues.look();
    seekers.look(role.term().number(), this::leaderRef);
    if (departure.isDue(Asked.isNeeded(role))) {
      return departure.over();
    }
    if (before.getClass() == role.getClass()) {
      return Behaviors.same();
    }
    if (before instanceof Follower) {
      refusals.refuse(clients.takeReads(), Reason.NO_LEADER, "there is no leader any more");
    }
    if (role instanceof Leader) {
      sessions.restart();
      setup.meters().electionWon();
    }
    if (role instanceof PreCandidate) {
      setup.meters().electionStarted();
    }
    setup.meters().role(roleName());
    setup.meters().term(role.term().number());
    context.getLog().info("{} is {} in {}", setup.group(), roleName(), role.term());
    return behavior();
  }

  private void stoppedLeading() {
    entries.forget();
    senders.stopAll();
    administration.abandon();
    refusals.steppedDown(feed, clients);
    setup.meters().forgetLags();
  }

  private Behavior<ReplicaMessage> behavior() {
    if (role instanceof Leader) {
      return new LeaderBehavior(context, this);
    }
    return role instanceof Follower
        ? new FollowerBehavior(context, this)
        : new CandidateBehavior(context, this);
  }

  String roleName() {
    return StatusReport.nameOf(role);
  }

  /**
   * Storage or state machine can't be trusted any more: takes no part in the protocol until a
   * restart.
   */
  Behavior<ReplicaMessage> failed(String trouble, boolean readable) {
    context.getLog().error("{} stops taking part: {}", setup.group(), trouble);
    timers.stopAll();
    if (role instanceof Leader) {
      stoppedLeading();
    }
    refusals.refuse(clients.takeReads(), Reason.STORAGE, trouble);
    setup.meters().failed();
    return departure.isBegun()
        ? departure.over()
        : new FailedBehavior(context, this, trouble, readable);
  }

  Behavior<ReplicaMessage> fetched(Optional<LogFailure> failure) {
    return failure.map(found -> failed(found.message(), false)).orElse(Behaviors.same());
  }

  /** Where clients should turn to: while leadership is handed over, to the one who gets it. */
  Optional<ActorRef<ReplicaMessage>> leaderRef() {
    var successor = role instanceof Leader leader ? leader.handover().successor() : role.leader();
    return successor.or(role::leader).flatMap(roster::refOf);
  }

  @Override
  public void save(Effect.Save effect) {
    log.save(effect.state().encode());
  }

  @Override
  public void append(Effect.Append effect) {
    log.append(effect.entries());
  }

  @Override
  public void truncateFrom(Effect.TruncateFrom effect) {
    log.truncateFrom(effect.index());
  }

  @Override
  public void whenDurable(Effect.WhenDurable effect) {
    if (gate.isEmpty() && log.durableTicket() >= log.lastTicket()) {
      effect.effect().perform(this);
    } else {
      gate.add(log.lastTicket(), effect.effect());
    }
  }

  @Override
  public void send(Effect.Send effect) {
    if (effect.to().equals(setup.self().store())) {
      toSelf.add(effect.message());
    } else {
      roster.tell(effect.to(), Outgoing.wrapped(setup, effect.message()));
    }
  }

  @Override
  public void sendEntries(Effect.SendEntries effect) {
    entries.send(Outgoing.wanted(effect));
  }

  @Override
  public void sendSnapshot(Effect.SendSnapshot effect) {
    senders.start(role.term(), role.server().configuration(), effect.to());
  }

  @Override
  public void commit(Effect.Commit effect) {
    setup.meters().commitIndex(effect.index());
    feed.committed(effect.index());
  }

  @Override
  public void install(Effect.Install effect) {
    log.compactTo(effect.lastIncluded());
    feed.restore();
  }

  @Override
  public void confirmRead(Effect.ConfirmRead effect) {
    var confirmed = clients.confirmed(effect.read());
    if (confirmed.reads().isEmpty()) {
      return;
    }
    freshness.learned(confirmed.since(), effect.index());
    ReadsAtHand.confirmed(this, confirmed.reads(), effect.index());
    if (role instanceof Follower && clients.hasReads()) {
      context.getSelf().tell(Timeout.FLUSH);
    }
  }

  @Override
  public void timer(Effect.Timer effect) {
    timers.perform(effect);
  }
}
