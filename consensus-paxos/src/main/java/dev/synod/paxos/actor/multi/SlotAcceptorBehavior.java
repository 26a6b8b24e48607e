package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.DurableGate;
import dev.synod.actors.replica.LogReports;
import dev.synod.actors.replica.QueueSize;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.time.LazyTimer;
import dev.synod.core.InvariantViolation;
import dev.synod.log.GroupLog;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.rules.multi.Regimes;
import dev.synod.paxos.rules.multi.SlotAcceptor;
import dev.synod.paxos.rules.multi.SlotEffect;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The acceptor of a replica as an actor, and the keeper of its log: it alone writes and reads
 * there. What it promises and accepts is said when the log reports it durable; meanwhile it goes on
 * hearing requests. It may drop any of them: who asked asks again.
 */
final class SlotAcceptorBehavior implements SlotEffect.Performer {

  private final ActorContext<ReplicaMessage> context;
  private final ReplicaSetup setup;
  private final Replicas replicas;
  private final GroupLog log;
  private final SlotLog slots;
  private final SlotReader reader;
  private final DurableGate<SlotEffect> gate;
  private final QueueSize gated;
  private final LazyTimer<ReplicaMessage> stickiness;
  private final Roles roles;
  private MultiPaxosSettings settings;
  private Regimes regimes;
  private SlotAcceptor acceptor;
  private Ballot toldOf = Ballot.ZERO;
  private long postponedAt;

  private SlotAcceptorBehavior(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timers,
      ReplicaSetup setup,
      MultiPaxosSettings settings,
      Regimes founding,
      ActorRef<ReplicaMessage> replica,
      Roles roles) {
    this.context = context;
    this.setup = setup;
    this.settings = settings;
    this.regimes = founding;
    this.roles = roles;
    this.replicas = new Replicas(setup, replica, roles);
    this.log = setup.log();
    this.slots = new SlotLog(log);
    this.reader =
        new SlotReader(setup.self().store(), slots, settings, replicas, context.getSelf());
    this.gate = new DurableGate<>(settings.gatedEffectsMax());
    this.gated = new QueueSize(setup.meters(), "gated-effects-max");
    this.stickiness = new LazyTimer<>(timers, Inside.Timeout.STICKINESS, setup.nanoTime());
    this.acceptor = recovered();
    this.postponedAt = setup.nanoTime().getAsLong() - settings.heartbeatInterval().toNanos();
  }

  /** One that hears requests once it has read its log. */
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
                            new SlotAcceptorBehavior(
                                    context, timers, setup, settings, founding, replica, roles)
                                .starting())));
  }

  private SlotAcceptor recovered() {
    return SlotAcceptor.recovered(
        setup.self().store(),
        slots.promised(),
        slots.chosen(),
        slots,
        regimes,
        settings.acceptAheadMax());
  }

  private Behavior<ReplicaMessage> starting() {
    log.listener(new LogReports(context.getSelf()));
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(Inside.Begin.class, this::onBegin)
        .onMessage(Inside.RecordsRead.class, this::onRecordsRead)
        .onMessage(Inside.Governed.class, this::onGoverned)
        .onMessage(ReplicaMessage.LogFailed.class, this::onLogFailed)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(Inside.Report.class, this::onReport)
        .onMessage(Inside.Retuned.class, this::onRetuned)
        .onAnyMessage(early -> Behaviors.same())
        .build();
  }

  private Behavior<ReplicaMessage> onBegin(Inside.Begin restored) {
    return slots
        .begin(restored.snapshot())
        .map(trouble -> failed(trouble, false))
        .orElseGet(() -> readFrom(log.base().index() + 1));
  }

  private Behavior<ReplicaMessage> readFrom(long place) {
    if (place > log.last().index()) {
      return ready();
    }
    long upTo =
        log.lastIndexWithin(place, settings.recoveryRecordsMax(), settings.recoveryBytesMax());
    var self = context.getSelf();
    log.read(place, upTo, result -> self.tell(new Inside.RecordsRead(upTo, result)));
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onRecordsRead(Inside.RecordsRead read) {
    if (read.result() instanceof ReadResult.Failed failed) {
      return failed(failed.failure().message(), false);
    }
    if (!(read.result() instanceof ReadResult.Entries found)) {
      return failed("records up to " + read.upTo() + " of its log are gone", false);
    }
    try {
      slots.recover(found.entries());
    } catch (IllegalArgumentException e) {
      return failed(
          "%s, at or before entry %d of %s".formatted(e.getMessage(), read.upTo(), log.group()),
          false);
    }
    return readFrom(read.upTo() + 1);
  }

  private Behavior<ReplicaMessage> ready() {
    slots.recovered();
    acceptor = recovered();
    var ballots = new TreeMap<Long, Ballot>();
    for (long slot = slots.chosen() + 1; slot <= slots.last(); slot++) {
      if (!slots.ballotAt(slot).equals(Ballot.ZERO)) {
        ballots.put(slot, slots.ballotAt(slot));
      }
    }
    var ready = new Inside.Ready(slots.promised(), slots.chosen(), ballots);
    roles.learner().tell(ready);
    roles.proposer().tell(ready);
    stickiness.restart(settings.electionTimeoutMin().toNanos());
    return hearing();
  }

  private Behavior<ReplicaMessage> hearing() {
    return Behaviors.receive(ReplicaMessage.class)
        .onMessage(FromReplica.class, this::onRequest)
        .onMessage(ReplicaMessage.Durable.class, this::onDurable)
        .onMessage(Inside.Governed.class, this::onGoverned)
        .onMessage(Inside.Known.class, this::onKnown)
        .onMessage(Inside.WriteChosen.class, this::onWriteChosen)
        .onMessage(Inside.Fetch.class, this::onFetch)
        .onMessage(Inside.ValuesRead.class, this::onValuesRead)
        .onMessage(Inside.TellOthers.class, this::onTellOthers)
        .onMessage(Inside.ChosenRead.class, this::onChosenRead)
        .onMessage(Inside.VotesRead.class, this::onVotesRead)
        .onMessage(Inside.Compact.class, this::onCompact)
        .onMessageEquals(Inside.Timeout.STICKINESS, this::onSilence)
        .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
        .onMessage(Inside.Report.class, this::onReport)
        .onMessage(Inside.Retuned.class, this::onRetuned)
        .onMessage(ReplicaMessage.LogFailed.class, this::onLogFailed)
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  /** While the disk is far behind, nobody is listened to: they say it again. */
  private Behavior<ReplicaMessage> onRequest(FromReplica told) {
    if (gate.isFull() || log.isBusy() || !(told.message() instanceof SlotMessage.ToAcceptor)) {
      return Behaviors.same();
    }
    var request = (SlotMessage.ToAcceptor) told.message();
    boolean listens = acceptor.listensTo(request.ballot());
    perform(acceptor.receive(request));
    gated.is(gate.size());
    if (listens && request instanceof Accept accept) {
      heard(new Inside.Heard(accept.from(), accept.ballot(), accept.chosen(), false));
    } else if (listens && request instanceof Lead lead) {
      heard(new Inside.Heard(lead.from(), lead.ballot(), lead.chosen(), true));
    }
    return Behaviors.same();
  }

  /** The proposer is told of one that goes on as often as that one says so, and no oftener. */
  private void heard(Inside.Heard heard) {
    if (!heard.from().equals(setup.self().store())) {
      roles.learner().tell(heard);
    }
    if (heard.isLead() || !heard.ballot().equals(toldOf)) {
      toldOf = heard.ballot();
      roles.proposer().tell(heard);
    }
  }

  /** As often as a proposer says that it leads, whatever it proposes between. */
  private void postpone() {
    long now = setup.nanoTime().getAsLong();
    if (now - postponedAt >= settings.heartbeatInterval().toNanos() / 2) {
      postponedAt = now;
      roles.proposer().tell(Inside.Postpone.INSTANCE);
    }
  }

  private void perform(SlotStep<SlotAcceptor> step) {
    acceptor = step.after();
    for (SlotEffect effect : step.effects()) {
      effect.perform(this);
    }
  }

  private Behavior<ReplicaMessage> onDurable(ReplicaMessage.Durable durable) {
    gate.release(durable.ticket(), effect -> effect.perform(this));
    gated.is(gate.size());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onKnown(Inside.Known known) {
    acceptor = acceptor.knows(known.slot());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onGoverned(Inside.Governed governed) {
    regimes = governed.regimes();
    acceptor = acceptor.governed(regimes);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onWriteChosen(Inside.WriteChosen chosen) {
    slots.writeChosen(chosen.entries());
    acceptor = acceptor.knows(slots.chosen());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onRetuned(Inside.Retuned retuned) {
    settings = retuned.settings();
    gate.bound(settings.gatedEffectsMax());
    gated.retuned();
    reader.settings(settings);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onSilence() {
    if (stickiness.isDue()) {
      acceptor = acceptor.proposerSilent();
    }
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
    replicas.put(peer);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onCompact(Inside.Compact compact) {
    slots.compact(compact.slot());
    acceptor = acceptor.knows(compact.slot());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onReport(Inside.Report report) {
    long last = Math.max(slots.last(), slots.chosen());
    roles.learner().tell(new Inside.Report(report.replyTo(), last, 0, 0, 0, 0));
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onFetch(Inside.Fetch wanted) {
    reader.fetch(wanted);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onValuesRead(Inside.ValuesRead read) {
    reader.read(read);
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onTellOthers(Inside.TellOthers told) {
    reader.sendChosen(told.wanted());
    return Behaviors.same();
  }

  private Behavior<ReplicaMessage> onChosenRead(Inside.ChosenRead read) {
    return reader.read(read).map(why -> failed(why.message(), true)).orElse(Behaviors.same());
  }

  private Behavior<ReplicaMessage> onVotesRead(Inside.VotesRead read) {
    return reader
        .read(read, acceptor)
        .map(why -> failed(why.message(), true))
        .orElse(Behaviors.same());
  }

  // Effects

  @Override
  public void sendPromise(SlotEffect.SendPromise effect) {
    reader.sendPromise(effect, acceptor);
  }

  @Override
  public void savePromise(SlotEffect.SavePromise effect) {
    slots.write(effect);
  }

  @Override
  public void writeVotes(SlotEffect.WriteVotes effect) {
    slots.write(effect, acceptor.chosen());
    roles.learner().tell(new Inside.Voted(effect.ballot(), effect.entries()));
  }

  @Override
  public void whenDurable(SlotEffect.WhenDurable effect) {
    if (gate.isEmpty() && log.durableTicket() >= log.lastTicket()) {
      effect.effect().perform(this);
    } else {
      gate.add(log.lastTicket(), effect.effect());
    }
  }

  @Override
  public void send(SlotEffect.Send effect) {
    replicas.tell(effect.to(), effect.message());
  }

  @Override
  public void timer(SlotEffect.Timer effect) {
    switch (effect) {
      case RESTART_STICKINESS -> stickiness.restart(settings.electionTimeoutMin().toNanos());
      case RESTART_ELECTION -> postpone();
      case START_LEADING, STOP_LEADING ->
          throw new InvariantViolation("an acceptor does not lead: " + effect);
    }
  }

  private Behavior<ReplicaMessage> onLogFailed(ReplicaMessage.LogFailed failed) {
    return failed(failed.failure().message(), true);
  }

  /** Its disk can't be trusted any more: says nothing until a restart. */
  private Behavior<ReplicaMessage> failed(String trouble, boolean isReadable) {
    replicas.self().tell(new Inside.Trouble(trouble, isReadable));
    return Behaviors.ignore();
  }
}
