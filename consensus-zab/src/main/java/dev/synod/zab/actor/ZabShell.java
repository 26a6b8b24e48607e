package dev.synod.zab.actor;

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
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Voting;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.zab.ZabSettings;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.rules.Effect;
import dev.synod.zab.rules.Epochs;
import dev.synod.zab.rules.Joined;
import dev.synod.zab.rules.Leading;
import dev.synod.zab.rules.Looking;
import dev.synod.zab.rules.Phase;
import dev.synod.zab.rules.Recovery;
import dev.synod.zab.rules.Role;
import dev.synod.zab.rules.Server;
import dev.synod.zab.rules.Step;
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
final class ZabShell implements Effect.Performer {

  final ActorContext<ReplicaMessage> context;
  final ReplicaSetup setup;
  final ZabTimers timers;
  final GroupLog log;
  final ActorRef<ApplierMessage> applier;
  final ApplyFeed feed;
  final ClientQueue clients;
  final Queues queues;
  final Refusals refusals;
  final LeaderSeekers seekers;
  final SessionExpiry sessions;
  final SnapshotPolicy snapshots;
  final EntrySender entries;
  final Contacts contacts;
  final Roster roster;
  final SnapshotSenders senders;
  final Administration<Step> administration;
  final Departure departure;
  final Freshness freshness = new Freshness();
  final ConsistencyCheck consistency;

  private final Tuned tuned;
  private final DurableGate<Effect> gate;
  private final ArrayDeque<ZabMessage> toSelf = new ArrayDeque<>();
  private final Function<Config, ZabSettings> changed;
  private ZabSettings settings;
  private Role role;

  ZabShell(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timerScheduler,
      ReplicaSetup setup,
      Voting voting,
      Function<Config, ZabSettings> changed) {
    this.context = context;
    this.setup = setup;
    this.changed = changed;
    this.settings = changed.apply(context.getSystem().settings().config());
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
    this.administration = new Administration<>(refusals, settings.leaderTimeout());
    this.seekers = new LeaderSeekers(setup.group(), setup.founded().incarnation(), setup.peers());
    this.entries = Outgoing.sender(setup, context.getSelf(), roster);
    this.contacts = new Contacts(setup.nanoTime());
    this.senders = new SnapshotSenders(context, setup);
    this.consistency =
        new ConsistencyCheck(setup, context.getSelf(), context.getLog(), roster::refOf);
    var founding = setup.founded().configuration();
    var self = Server.of(setup.self().store(), founding, voting, log, settings.limits());
    this.role = Looking.atStart(self, Epochs.INITIAL, 0);
  }

  ZabSettings settings() {
    return settings;
  }

  /** Goes by other settings. */
  void retune(ReplicaMessage.Retune retune) {
    settings = changed.apply(retune.system());
    tuned.by(settings);
    role = role.with(settings.limits());
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
    var epochs = log.saved().map(Epochs::decode).orElse(Epochs.INITIAL);
    var self = role.server().recovered(restored.configuration());
    var looking = Recovery.looking(self, epochs, snapshot);
    role = looking;
    setup.goesBy(role.server().configuration());
    snapshots.taken(snapshot, log);
    feed.restored(snapshot.index());
    context
        .getLog()
        .info("{} recovered: {}, log {} to {}", setup.group(), epochs, log.base(), log.last());
    execute(looking.begin());
    settled(looking);
    return behavior();
  }

  Role role() {
    return role;
  }

  /** Whether it leads, and has a quorum that follows. */
  boolean isEstablished() {
    return role instanceof Leading && role.phase() == Phase.BROADCAST;
  }

  /** Applies a step, and whatever it makes this server tell itself. */
  Behavior<ReplicaMessage> perform(Step step) {
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

  /** Whether something is still to be said or done once the disk has what it depends on. */
  boolean isWaitingForDisk() {
    return !gate.isEmpty();
  }

  Behavior<ReplicaMessage> fromServer(FromServer told) {
    return told.incarnation() == setup.founded().incarnation()
        ? hear(told.message())
        : Behaviors.same();
  }

  /** While the disk is far behind, peers are not listened to: they say it again. */
  Behavior<ReplicaMessage> hear(ZabMessage message) {
    if (gate.isFull()) {
      return Behaviors.same();
    }
    contacts.heard(message.from());
    return perform(role.receive(message));
  }

  /**
   * A leader that steps down gives up those who wait for its entries first: whoever leads next may
   * replace these entries, and commit what stands at their indexes then.
   */
  private void execute(Step step) {
    boolean led = role instanceof Leading;
    var known = role.server().memberships();
    boolean belonged = !role.server().isRemoved();
    role = step.after();
    if (belonged && role.server().isRemoved()) {
      context.getLog().warn("{}: {}", setup.group(), RoleBehavior.REMOVED);
    }
    if (!role.server().memberships().equals(known)) {
      setup.goesBy(role.server().configuration());
    }
    if (led && !(role instanceof Leading)) {
      stoppedLeading();
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
    if (role instanceof Leading leading) {
      administration.look(new Asked(leading));
    }
    queues.look();
    seekers.look(role.epochs().accepted().number(), this::leaderRef);
    if (departure.isDue(Asked.isNeeded(role))) {
      return departure.over();
    }
    boolean isNewPhase = before.phase() != role.phase();
    if (before.getClass() == role.getClass() && !isNewPhase) {
      return Behaviors.same();
    }
    if (before instanceof Joined && !(role instanceof Joined)) {
      refusals.refuse(clients.takeReads(), Reason.NO_LEADER, "there is no leader any more");
    }
    if (isEstablished()) {
      sessions.restart();
      setup.meters().electionWon();
    }
    if (role instanceof Looking) {
      setup.meters().electionStarted();
    }
    setup.meters().role(roleName());
    setup.meters().term(role.epochs().accepted().number());
    context.getLog().info("{} is {} in {}", setup.group(), roleName(), role.epochs().accepted());
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
    if (role instanceof Leading) {
      return new LeadingBehavior(context, this);
    }
    return role instanceof Looking
        ? new LookingBehavior(context, this)
        : new JoinedBehavior(context, this);
  }

  /** While it has not led a quorum to its history, it does not lead for anybody else. */
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
    if (role instanceof Leading) {
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

  /** Where clients should turn to; nobody before a leader has a quorum, as far as is known here. */
  Optional<ActorRef<ReplicaMessage>> leaderRef() {
    return role.phase() == Phase.BROADCAST
        ? role.leader().flatMap(roster::refOf)
        : Optional.empty();
  }

  @Override
  public void save(Effect.Save effect) {
    log.save(effect.epochs().encode());
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
    senders.start(role.epochs().accepted(), role.server().configuration(), effect.to());
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
    if (role instanceof Joined && clients.hasReads()) {
      context.getSelf().tell(Timeout.FLUSH);
    }
  }

  @Override
  public void timer(Effect.Timer effect) {
    timers.perform(effect);
  }
}
