package dev.synod.actors.node;

import static org.apache.pekko.actor.typed.DispatcherSelector.sameAsParent;

import dev.synod.actors.Peers;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.PeerAt;
import dev.synod.actors.node.NodeTask.BackUpGroup;
import dev.synod.actors.node.NodeTask.FoundedHere;
import dev.synod.actors.node.NodeTask.GreetAgain;
import dev.synod.actors.node.NodeTask.HandedOver;
import dev.synod.actors.node.NodeTask.Host;
import dev.synod.actors.node.NodeTask.Inspect;
import dev.synod.actors.node.NodeTask.Reconfigured;
import dev.synod.actors.node.NodeTask.Retune;
import dev.synod.actors.node.NodeTask.StopAll;
import dev.synod.actors.node.NodeTask.StopNow;
import dev.synod.actors.transfer.SnapshotMessage;
import dev.synod.actors.transfer.SnapshotMessage.Hosted;
import dev.synod.actors.transfer.SnapshotMessage.NotHosted;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotReceiver;
import dev.synod.core.GroupId;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Member;
import dev.synod.log.snapshot.Snapshots;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A node's one actor at a path that others know. It hosts the replicas as its children, greets the
 * other members, and tells who asks where a replica is. A replica that fails is reported and stays
 * down: started again with an empty memory it might vote twice.
 */
final class NodeActor extends AbstractBehavior<NodeMessage> {

  private final Peers peers;
  private NodeSettings settings;
  private final TimerScheduler<NodeMessage> timers;
  private final Map<GroupId, Resident> residents = new TreeMap<>();
  private final Map<ActorRef<Void>, GroupId> groups = new HashMap<>();
  private final Greetings greetings;
  private final Function<GroupId, Snapshots> snapshots;
  private final Behavior<SnapshotMessage> receiving;
  private ActorRef<SnapshotMessage> receiver;
  private Optional<StopAll> stopping = Optional.empty();
  private Optional<Retune> tuned = Optional.empty();

  private NodeActor(
      ActorContext<NodeMessage> context,
      TimerScheduler<NodeMessage> timers,
      Peers peers,
      NodeSettings settings,
      Function<GroupId, Snapshots> snapshots,
      Behavior<SnapshotMessage> receiver) {
    super(context);
    this.peers = peers;
    this.settings = settings;
    this.timers = timers;
    this.greetings = new Greetings(peers, settings);
    this.snapshots = snapshots;
    this.receiving = receiver;
    this.receiver = context.spawn(receiver, SnapshotReceiver.NAME, sameAsParent());
    context.watch(this.receiver);
  }

  /**
   * A node's actor.
   *
   * @param snapshots of the groups hosted here
   * @param receiver of what other nodes send for them
   */
  static Behavior<NodeMessage> create(
      Peers peers,
      NodeSettings settings,
      Function<GroupId, Snapshots> snapshots,
      Behavior<SnapshotMessage> receiver) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NodeActor(context, timers, peers, settings, snapshots, receiver)));
  }

  @Override
  public Receive<NodeMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Hello.class, this::onHello)
        .onMessage(Locate.class, this::onLocate)
        .onMessage(WhoLeads.class, this::onWhoLeads)
        .onMessage(Host.class, this::onHost)
        .onMessage(Offer.class, this::onOffer)
        .onMessage(FoundedHere.class, this::onFoundedHere)
        .onMessage(Reconfigured.class, this::onReconfigured)
        .onMessage(Inspect.class, this::onInspect)
        .onMessage(BackUpGroup.class, this::onBackUp)
        .onMessage(Retune.class, this::onRetune)
        .onMessageEquals(GreetAgain.INSTANCE, this::onGreetAgain)
        .onMessage(StopAll.class, this::onStopAll)
        .onMessage(HandedOver.class, this::onHandedOver)
        .onMessageEquals(StopNow.INSTANCE, this::onStopNow)
        .onSignal(ChildFailed.class, this::onChildFailed)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<NodeMessage> onHost(Host host) {
    var self = getContext().getSelf();
    var replica =
        getContext()
            .spawn(host.replica().apply(self), "group-" + host.group().name(), sameAsParent());
    var resident = new Resident(host.group(), host.self(), host.named(), replica, host.meters());
    residents.put(host.group(), resident);
    groups.put(replica.unsafeUpcast(), host.group());
    getContext().watch(replica);
    host.client().tell(new GroupClientMessage.Hosted(replica));
    greet(resident);
    return this;
  }

  private Behavior<NodeMessage> onHello(Hello hello) {
    var resident = residents.get(hello.group());
    if (resident == null || !resident.isRunning() || stopping.isPresent()) {
      return this;
    }
    hello.answerTo().ifPresent(asker -> peers.tell(asker, resident.hello(Optional.empty())));
    if (resident.isSupersededBy(hello)) {
      return fence(hello.sender(), resident);
    }
    if (resident.contradicts(hello)) {
      complainAbout(hello.sender(), resident);
      return this;
    }
    resident.heard(hello);
    if (!resident.isFounded()) {
      resident.replica().tell(hello);
      greetBack(hello, resident);
    }
    if (hello.founded().isPresent() || !resident.isFounded() || resident.isMember(hello)) {
      resident.replica().tell(new PeerAt(hello.sender().store(), hello.replica()));
    }
    if (resident.learnsOfOthers(hello)) {
      greet(resident);
    }
    return this;
  }

  /**
   * Who greets is there now, and its own answer is still missing: no need to wait for the next
   * pause to end.
   */
  private void greetBack(Hello hello, Resident resident) {
    if (resident.missing().contains(hello.sender().node().address())) {
      hello
          .answerTo()
          .ifPresent(
              asker -> peers.tell(asker, resident.hello(Optional.of(getContext().getSelf()))));
    }
  }

  /**
   * The group went on without this replica, by a forced configuration: nothing that it has or says
   * counts any more.
   */
  private Behavior<NodeMessage> fence(Member other, Resident resident) {
    resident.failed(
        ("the group was forced to go on without this replica, which %s says: remove this node's"
                + " data directory, start it, and let it in by a membership change")
            .formatted(other));
    resident.meters().failed();
    receiver.tell(new NotHosted(resident.group()));
    getContext().getLog().error("group {}: {}", resident.group(), resident.failure());
    getContext().stop(resident.replica());
    return this;
  }

  private void complainAbout(Member other, Resident resident) {
    if (resident.complainsAbout(other)) {
      getContext()
          .getLog()
          .error(
              "group {}: {} lives by another founding of a group of this name and is ignored:"
                  + " the nodes must be given the same members",
              resident.group(),
              other);
    }
  }

  private Behavior<NodeMessage> onFoundedHere(FoundedHere here) {
    var resident = residents.get(here.group());
    if (resident != null) {
      resident.founded(here.founded());
      mayReceive(resident, here.founded());
      greet(resident);
      tuned.ifPresent(retune -> tell(resident, retune));
    }
    return this;
  }

  private void mayReceive(Resident resident, Founded founded) {
    receiver.tell(
        new Hosted(
            resident.group(),
            founded.incarnation(),
            snapshots.apply(resident.group()),
            resident.replica(),
            resident.isFull()));
  }

  /** It promises nothing, so it may begin anew; transfers that were under way are offered again. */
  private Behavior<NodeMessage> receiveAnew(String why) {
    getContext().getLog().error("the receiver of snapshots begins anew: {}", why);
    receiver = getContext().spawn(receiving, SnapshotReceiver.NAME, sameAsParent());
    getContext().watch(receiver);
    for (Resident resident : residents.values()) {
      if (resident.isRunning()) {
        resident.founding().ifPresent(founded -> mayReceive(resident, founded));
      }
    }
    return this;
  }

  /** Who is new is greeted, and so learns that it is let in. */
  private Behavior<NodeMessage> onReconfigured(Reconfigured changed) {
    var resident = residents.get(changed.group());
    if (resident != null) {
      boolean wasFull = resident.isFull();
      resident.reconfigured(changed.governing());
      if (resident.isFull() != wasFull) {
        resident.founding().ifPresent(founded -> mayReceive(resident, founded));
      }
      greet(resident);
    }
    return this;
  }

  private Behavior<NodeMessage> onOffer(Offer offer) {
    receiver.tell(offer);
    return this;
  }

  private Behavior<NodeMessage> onLocate(Locate locate) {
    peers.tell(locate.replyTo(), new Located(locate.group(), replicaOf(locate.group())));
    return this;
  }

  private Behavior<NodeMessage> onWhoLeads(WhoLeads ask) {
    replicaOf(ask.group()).ifPresent(replica -> replica.tell(ask));
    return this;
  }

  private Optional<ActorRef<ReplicaMessage>> replicaOf(GroupId group) {
    return Optional.ofNullable(residents.get(group)).flatMap(Resident::running);
  }

  private Behavior<NodeMessage> onInspect(Inspect inspect) {
    var wanted =
        inspect.group().isEmpty()
            ? residents.values()
            : Optional.ofNullable(residents.get(inspect.group().get())).stream().toList();
    getContext()
        .spawnAnonymous(Inspection.create(wanted, settings.statusTimeout(), inspect.reply()));
    return this;
  }

  private Behavior<NodeMessage> onBackUp(BackUpGroup task) {
    var resident = residents.get(task.wanted().group());
    if (resident == null || !resident.isRunning()) {
      task.wanted().failed("no replica of it runs here");
      return this;
    }
    getContext()
        .spawnAnonymous(
            BackingUp.create(resident.replica(), task.wanted(), task.index(), task.patience()));
    return this;
  }

  /** Those that are not founded yet are told then. */
  private Behavior<NodeMessage> onRetune(Retune retune) {
    tuned = Optional.of(retune);
    settings = NodeSettings.from(retune.system().getConfig(NodeSettings.PATH));
    greetings.settings(settings);
    residents.values().stream()
        .filter(resident -> resident.isRunning() && resident.isFounded())
        .forEach(resident -> tell(resident, retune));
    return this;
  }

  private static void tell(Resident resident, Retune retune) {
    resident.replica().tell(new ReplicaMessage.Retune(retune.system()));
  }

  private void greet(Resident resident) {
    greetings.greet(resident, getContext().getSelf());
    greetings.startOver();
    timers.startSingleTimer(GreetAgain.INSTANCE, GreetAgain.INSTANCE, greetings.nextPause());
  }

  private Behavior<NodeMessage> onGreetAgain() {
    if (greetings.greetMissing(residents.values(), getContext().getSelf())) {
      timers.startSingleTimer(GreetAgain.INSTANCE, GreetAgain.INSTANCE, greetings.nextPause());
    }
    return this;
  }

  private Behavior<NodeMessage> onChildFailed(ChildFailed failed) {
    var cause = failed.cause();
    var text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (failed.getRef().path().equals(receiver.path())) {
      return receiveAnew(text);
    }
    return gone(
        failed.getRef(),
        cause instanceof InvariantViolation ? "a rule of the protocol was broken: " + text : text);
  }

  private Behavior<NodeMessage> onTerminated(Terminated terminated) {
    return gone(terminated.getRef(), "the replica stopped");
  }

  private Behavior<NodeMessage> gone(ActorRef<Void> replica, String why) {
    var group = groups.remove(replica);
    var resident = group == null ? null : residents.get(group);
    if (group != null && resident != null) {
      resident.failed(why);
      if (stopping.isEmpty()) {
        receiver.tell(new NotHosted(group));
        resident.meters().failed();
        getContext()
            .getLog()
            .error(
                "group {}: this node's replica is down until the node is restarted: {}",
                group,
                why);
      }
      resident.meters().close();
    }
    return stopIfEmpty();
  }

  private Behavior<NodeMessage> onStopAll(StopAll all) {
    stopping = Optional.of(all);
    timers.cancel(GreetAgain.INSTANCE);
    residents.forEach(
        (group, resident) -> {
          if (resident.isRunning()) {
            resident.replica().tell(new ReplicaMessage.Stop(handOverOf(group)));
          }
        });
    timers.startSingleTimer(StopNow.INSTANCE, StopNow.INSTANCE, settings.stopTimeout());
    return stopIfEmpty();
  }

  private ActorRef<ReplicaMessage.Stopped> handOverOf(GroupId group) {
    return getContext().spawnAnonymous(HandedOver.telling(getContext().getSelf(), group));
  }

  private Behavior<NodeMessage> onHandedOver(HandedOver done) {
    var resident = residents.get(done.group());
    if (resident != null && resident.isRunning()) {
      getContext().stop(resident.replica());
    }
    return this;
  }

  private Behavior<NodeMessage> onStopNow() {
    getContext()
        .getLog()
        .warn("{} replicas did not hand over within {}", groups.size(), settings.stopTimeout());
    stopping.ifPresent(all -> all.reply().complete(false));
    return Behaviors.stopped();
  }

  private Behavior<NodeMessage> stopIfEmpty() {
    if (stopping.isPresent() && groups.isEmpty()) {
      stopping.get().reply().complete(true);
      return Behaviors.stopped();
    }
    return this;
  }
}
