package dev.synod.crdt.actor;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import dev.synod.core.Bytes;
import dev.synod.crdt.actor.Membership.Learned;
import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Subscribe;
import dev.synod.crdt.actor.Replicator.Unsubscribe;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.wire.MessageCodec;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Drives the rules of one replica. */
final class ReplicatorActor implements Hearing.Replica, Serving.Replica {

  /** So many changes of the replica before are made in one turn. */
  private static final int INHERITED_MAX = 1000;

  private final ActorContext<ToReplicator> context;
  private final TimerScheduler<ToReplicator> timers;
  private final ReplicatorSetup setup;
  private final Keeping keeping;
  private final ReplicaId self;
  private final Calls calls;
  private final Subscriptions subscriptions;
  private final Parcels parcels;
  private final SearchTurns searches;
  private final Questions questions;
  private final Membership membership;
  private final Hearing hearing;
  private final Siblings siblings;
  private final Unmet unmet;
  private Inheritance inheritance;
  private boolean hasSearched;
  private Neighbours neighbours;
  private Replication replication;
  private final Serving serving;
  private boolean isFlushDue;

  ReplicatorActor(
      ActorContext<ToReplicator> context,
      TimerScheduler<ToReplicator> timers,
      ReplicatorSetup setup,
      Beginning beginning) {
    this.context = context;
    this.timers = timers;
    this.setup = setup;
    var settings = setup.settings();
    this.keeping = beginning.keeping();
    this.self = beginning.self();
    this.inheritance = beginning.inheritance();
    this.searches = new SearchTurns(self);
    this.calls = new Calls(settings.callsPendingMax(), settings.tickInterval(), keeping::leave);
    this.serving = new Serving(self, calls, keeping, beginning.numbers(), this);
    this.subscriptions = new Subscriptions(settings.subscriptionsMax(), keeping::leave);
    this.parcels = new Parcels(self, settings.parcels(), this::tell, beginning.numbers());
    this.questions = new Questions(settings.questionsWaitingMax());
    this.membership = new Membership(self, setup.registry(), context, keeping, this::tell);
    this.neighbours = Neighbours.of(setup.node(), self, setup.nodes(), beginning.numbers());
    this.replication = beginning.replication();
    this.unmet = new Unmet(context.getSelf().path().name());
    this.siblings = new Siblings(settings.callsPendingMax(), keeping::leave);
    this.hearing = new Hearing(self, context, setup, parcels, questions, membership, this);
  }

  Behavior<ToReplicator> start() {
    var settings = setup.settings();
    timers.startTimerWithFixedDelay(ReplicatorTimer.RESEND, settings.resendInterval());
    timers.startTimerWithFixedDelay(ReplicatorTimer.ANTI_ENTROPY, settings.antiEntropyInterval());
    parcels.next(replication.standing().generation());
    neighbours.at(replication.standing()).forEach(this::take);
    meet();
    return Behaviors.receive(ToReplicator.class)
        .onMessage(Call.class, this::onCall)
        .onMessage(ReplicatorTimer.class, this::onTimer)
        .onMessage(Who.class, it -> isRegistered() ? same() : take(neighbours.heard(it)))
        .onMessage(Here.class, it -> isRegistered() ? same() : take(neighbours.heard(it)))
        .onMessage(News.class, it -> hearing.isNews(it) ? stands(it.standing()) : same())
        .onMessage(PeerMessage.class, this::heard)
        .onMessage(FromAside.class, hearing::done)
        .onMessage(Learned.class, it -> membership.learned(it).map(this::stands).orElse(same()))
        .onMessage(Subscribe.class, this::onSubscribe)
        .onMessage(Unsubscribe.class, this::onUnsubscribe)
        .onMessage(Describe.class, this::onDescribe)
        .onMessage(Siblings.Word.class, this::onSibling)
        .onSignal(Terminated.class, this::onSiblingStopped)
        .build();
  }

  private Behavior<ToReplicator> onCall(Call call) {
    if (calls.mayBegin(call, nodes(), replication)) {
      serving.begin(call);
    } else {
      take(replication.await(call.consistency().after()));
    }
    if (!calls.isEmpty() && !timers.isTimerActive(ReplicatorTimer.TICK)) {
      timers.startTimerWithFixedDelay(ReplicatorTimer.TICK, setup.settings().tickInterval());
    }
    return Behaviors.same();
  }

  private Behavior<ToReplicator> heard(PeerMessage message) {
    hearing.heard(message);
    return Behaviors.same();
  }

  private Behavior<ToReplicator> onTimer(ReplicatorTimer timer) {
    switch (timer) {
      case FLUSH -> {
        isFlushDue = false;
        take(replication.flush());
      }
      case RESEND -> {
        take(replication.resend(hearing::isBusy));
        hearing.resend();
        neighbours.replicas().forEach(hearing::goOn); // what was given up makes room
        calls.forEachRead(
            (request, key, heard) ->
                take(replication.fetch(request, key, neighbours.replicasBut(heard))));
        calls.forEachToken(token -> take(replication.await(token)));
      }
      case ANTI_ENTROPY -> {
        meet();
        siblings.tick();
        searches
            .next(replication.search().isPresent(), neighbours.replicas())
            .ifPresent(other -> take(replication.search(other)));
      }
      case TICK -> {
        calls.tick(replication);
        if (calls.isEmpty()) {
          timers.cancel(ReplicatorTimer.TICK);
        }
      }
      case NOTIFY -> tellSubscribers();
      case INHERIT -> inherit();
    }
    return Behaviors.same();
  }

  @Override
  public Replication replication() {
    return replication;
  }

  @Override
  public Neighbours neighbours() {
    return neighbours;
  }

  /** Takes what one of the others says. */
  @Override
  public void receive(ReplicaId from, ReplicationMessage message) {
    keeping.check(replication, message);
    take(replication.receive(message));
    if (message instanceof Fetched fetched) {
      neighbours.nodeOf(from).ifPresent(node -> calls.heard(fetched.request(), node, replication));
    }
  }

  @Override
  public void free(ReplicaId other) {
    take(replication.free(other));
  }

  @Override
  public void moved(ReplicaId other) {
    if (replication.isSearching(other)) {
      searches.moved();
    }
  }

  private boolean isRegistered() {
    return membership.isRegistered();
  }

  /** Who the others are: whom the registry has, or who answers. */
  private void meet() {
    if (isRegistered()) {
      inherit();
      membership.ask(replication, inheritance);
    } else {
      unmet.asked(neighbours).ifPresent(context.getLog()::warn);
      take(neighbours.ask());
    }
  }

  @Override
  public int nodes() {
    return isRegistered() ? replication.standing().members().size() : setup.nodes().size();
  }

  /** That has been decided, maybe long ago. */
  private Behavior<ToReplicator> stands(Standing standing) {
    if (standing.number() < replication.standing().number()) {
      return Behaviors.same();
    }
    keeping.check(replication, standing, setup.node());
    if (standing.number() == replication.standing().number()) {
      return Behaviors.same();
    }
    if (!standing.has(self)) {
      return evicted(standing);
    }
    neighbours.at(standing).forEach(this::take);
    if (standing.generation() > replication.standing().generation()) {
      hearing.next(standing.generation());
    }
    var step = new Step(replication.at(standing), List.of());
    keeping.took(replication, step);
    replication = step.after();
    take(replication.resend(hearing::isBusy));
    calls.merged(replication, serving::begin);
    return Behaviors.same();
  }

  /** Goes on alone until it is known which of its changes the others have; then as another one. */
  private Behavior<ToReplicator> evicted(Standing standing) {
    membership.evicted(standing.at(setup.node()));
    if (!standing.isSettled(self)) {
      return Behaviors.same();
    }
    calls.end(replication);
    subscriptions.endAll(self + " was evicted; ask again", context);
    return Enrolling.behavior(
        setup,
        keeping,
        serving.requests(),
        then -> membership.left(replication, inheritance, then));
  }

  /** Makes changes of the replica before anew, once what they may follow is here. */
  private void inherit() {
    if (inheritance.isEmpty()) {
      return;
    } else if (!inheritance.isReady(replication, hasSearched)) {
      membership.waits(inheritance, hasSearched);
      return;
    }
    var some = inheritance.first(INHERITED_MAX);
    inheritance = inheritance.made(some.size(), inheritance.anew());
    some.forEach(it -> take(it.on(replication)));
    inheritance = inheritance.made(0, replication.lastChange());
    take(replication.flush());
    if (!inheritance.isEmpty()) {
      context.getSelf().tell(ReplicatorTimer.INHERIT);
    }
  }

  private Behavior<ToReplicator> take(Neighbours.Met met) {
    neighbours = met.after();
    met.greetings().forEach(it -> tell(it.to(), it.message()));
    met.refused().ifPresent(why -> context.getLog().error("A greeting is refused: {}", why));
    met.left()
        .ifPresent(
            gone -> {
              hearing.left(gone);
              replication = replication.left(gone);
            });
    met.joined()
        .ifPresent(
            fresh -> {
              replication = replication.joined(fresh);
              take(replication.flush());
              if (replication.search().isEmpty()) {
                take(replication.search(fresh));
              }
            });
    return Behaviors.same();
  }

  @Override
  public void changed() {
    if (!isFlushDue) {
      isFlushDue = true;
      context.getSelf().tell(ReplicatorTimer.FLUSH);
    }
  }

  @Override
  public void take(Step step) {
    var before = replication;
    replication = step.after();
    keeping.took(before, step);
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        send(send.to(), MessageCodec.encode(send.message()));
      } else if (effect instanceof Effect.Changed changed) {
        subscriptions.changed(changed.key());
      } else if (effect instanceof Effect.Refused refused) {
        context.getLog().warn("This can't be merged: {}", refused);
      } else if (effect instanceof Effect.Await await) {
        siblings.await(setup.shard().number(), await);
      }
    }
    if (replication.questions() != before.questions()) {
      searches.moved();
    }
    if (subscriptions.hasNews() && !timers.isTimerActive(ReplicatorTimer.NOTIFY)) {
      tellSubscribers();
    }
    if (before.search().isPresent() && replication.search().isEmpty()) {
      hasSearched = true;
      inherit();
    }
    calls.confirmed(replication);
    siblings.tell(replication);
    if (!replication.merged().equals(before.merged())) {
      calls.merged(replication, serving::begin);
    }
  }

  /** Tells of all news now; the next ones have to wait. */
  private void tellSubscribers() {
    if (subscriptions.hasNews()) {
      subscriptions.tell(replication);
      timers.startSingleTimer(ReplicatorTimer.NOTIFY, setup.settings().notifyInterval());
    }
  }

  @Override
  public void send(ReplicaId to, Bytes message) {
    parcels
        .send(to, message)
        .ifPresent(why -> context.getLog().warn("A message to {} is not sent: {}", to, why));
    if (parcels.isLeavingFor(to)) {
      replication = replication.full(to);
    }
  }

  private void tell(ReplicaId to, PeerMessage message) {
    neighbours.nodeOf(to).ifPresent(node -> tell(node, message));
  }

  private void tell(String node, PeerMessage message) {
    keeping.leave(() -> setup.peers().tell(node, message));
  }

  private Behavior<ToReplicator> onSibling(Siblings.Word word) {
    if (word instanceof Siblings.Answer answer) {
      take(replication.take(answer.reached()));
      calls.merged(replication, serving::begin);
    } else if (word instanceof Siblings.Await question) {
      siblings.asked(question, replication);
    } else if (word instanceof Siblings.Meet meet) {
      siblings.meet(meet, context);
    }
    return same();
  }

  private Behavior<ToReplicator> onSiblingStopped(Terminated stopped) {
    context.getLog().info("{} stops, as {} has stopped", self, stopped.getRef().path());
    calls.end(replication);
    subscriptions.endAll("the replica of another shard has stopped", context);
    return Behaviors.stopped();
  }

  private Behavior<ToReplicator> onSubscribe(Subscribe<?> subscription) {
    subscriptions.begin(subscription, replication, context);
    return Behaviors.same();
  }

  private Behavior<ToReplicator> onUnsubscribe(Unsubscribe message) {
    subscriptions.end(message.subscriber(), context);
    return Behaviors.same();
  }

  private Behavior<ToReplicator> onDescribe(Describe message) {
    long large = neighbours.replicas().stream().mapToLong(parcels::bytesFor).sum();
    message.replyTo().tell(Description.of(replication, neighbours, calls.size(), large));
    return Behaviors.same();
  }
}
