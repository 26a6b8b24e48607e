package dev.synod.testkit;

import com.typesafe.config.Config;
import dev.synod.actors.Backup;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.actors.Storage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.StateMachine;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.picture.PictureLimits;
import dev.synod.testkit.picture.Recorder;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/**
 * A few machines in virtual time, of which a test says what happens to them. All are on at first;
 * time goes on only in {@link #advance}, {@link #eventually}, {@link #await} and {@link #storm}.
 * For one thread.
 */
public final class Simulation {

  /** How long {@link #await} waits, in virtual time. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Profile profile;
  private final World world;
  private final Groups groups;
  private final List<String> story = new ArrayList<>();
  private final Recorder recorder;
  private final HistoryRecorder history;
  private int ways;
  private int streams;

  /** Machines n1, n2, …, all on. */
  public Simulation(long seed, int nodes, Profile profile) {
    this(seed, nodes, profile, GroupSettings.smallLogs());
  }

  /** With that configuration of the one actor system on which all of them live. */
  public Simulation(long seed, int nodes, Profile profile, Config config) {
    this.profile = profile;
    this.groups = new Groups();
    this.world = new World(seed, nodes, config, groups::boot);
    world.network().quality(profile.quality());
    groups.observe(world);
    this.recorder = Recorder.of(world, PictureLimits.STANDARD, groups::spoken);
    this.history = new HistoryRecorder(world.engine()::nanoTime);
    world.bootAll();
  }

  public long seed() {
    return world.engine().seed();
  }

  /** Starts a group on all machines, and again with each of their boots. */
  public <C, R, S> SimulatedGroup<C, R> start(
      String name, Supplier<? extends StateMachine<C, R, S>> machine, Protocol protocol) {
    return start(name, world.names().size(), machine, protocol, Storage.DISK);
  }

  /**
   * As {@link #start(String, Supplier, Protocol)}, founded by the first machines only: on the
   * others its replicas wait to be let in by a membership change.
   */
  public <C, R, S> SimulatedGroup<C, R> start(
      String name,
      int founders,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol) {
    return start(name, founders, machine, protocol, Storage.DISK);
  }

  /**
   * As {@link #start(String, int, Supplier, Protocol)}, of a group that is kept elsewhere than on
   * disk: in memory, a crash takes all of it.
   */
  public <C, R, S> SimulatedGroup<C, R> start(
      String name,
      int founders,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage) {
    return start(name, Nodes.members(founders), machine, protocol, storage);
  }

  /** As {@link #start(String, int, Supplier, Protocol)}, where some of them are witnesses. */
  public <C, R, S> SimulatedGroup<C, R> start(
      String name,
      Members founders,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol) {
    return start(name, founders, machine, protocol, Storage.DISK);
  }

  private <C, R, S> SimulatedGroup<C, R> start(
      String name,
      Members founders,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage) {
    return groups.start(
        this, name, founders, machine, protocol, storage, lensOf(protocol), Optional.empty());
  }

  /** Founds a group on all machines with the state of that backup. */
  public <C, R, S> SimulatedGroup<C, R> restore(
      String name,
      SnapshotFile backup,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol) {
    return restore(name, backup, machine, protocol, Storage.DISK);
  }

  /** As {@link #restore(String, SnapshotFile, Supplier, Protocol)}, kept elsewhere than on disk. */
  public <C, R, S> SimulatedGroup<C, R> restore(
      String name,
      SnapshotFile backup,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage) {
    var from = Optional.of(backup);
    return groups.start(this, name, members(), machine, protocol, storage, lensOf(protocol), from);
  }

  /**
   * A configuration of that group was forced on a machine that is off: the machines that boot from
   * now on are watched as another group, which owes nothing to what this one has promised.
   */
  public void forced(String group) {
    tell("forced " + group);
    groups.startOver(this, group, Optional.empty());
  }

  /**
   * Machines that boot from now on restore that group from a backup, if they have not got it on
   * their disks: another group, which owes nothing to what this one has promised.
   */
  public void restores(String group, SnapshotFile backup) {
    tell("restore " + group + " from " + backup);
    groups.startOver(this, group, Optional.of(backup));
  }

  /** Writes a backup of that group from the replica on that machine. */
  public CompletionStage<Backup> backUp(String node, String group, SnapshotFile file) {
    return groups.node(node).backUp(new GroupId(group), file);
  }

  /** How the replica of that group on that machine is; empty if there is none. */
  public Optional<ReplicaStatus> status(String node, String group) {
    return await(groups.node(node).status(new GroupId(group)));
  }

  /** That machine as a member of groups; after its disk was lost it is another one. */
  public Member member(String node) {
    return groups.member(node);
  }

  /** Starts an actor of the test's own on a machine; a crash of it ends the actor. */
  public <M> ActorRef<M> spawn(String node, Behavior<M> behavior, String name) {
    return world.machine(node).spawn(behavior, name);
  }

  /** Runs streams on a machine, such as those of watches; a crash of it ends them. */
  public Materializer materializer(String node) {
    var made = new AtomicReference<@Nullable Materializer>();
    spawn(
        node,
        Behaviors.setup(
            context -> {
              made.set(Materializer.createMaterializer(Adapter.toClassic(context)));
              return Behaviors.empty();
            }),
        "streams-" + ++streams);
    eventually("streams can run on " + node, () -> made.get() != null, PATIENCE);
    return Objects.requireNonNull(made.get());
  }

  /**
   * That actor as whoever runs on this machine reaches it: messages cross the simulated network as
   * bytes, by the serializers bound to their classes, so they come late, or never. A crash of the
   * machine they leave from ends it; two actors that tell each other directly are on one machine.
   */
  public <M> ActorRef<M> reached(String from, ActorRef<M> actor) {
    var machine = world.machine(from);
    var peers = machine.peers();
    return machine.spawn(
        Behaviors.<M>receiveMessage(
            message -> {
              peers.tell(actor, message);
              return Behaviors.same();
            }),
        "way-" + ++ways);
  }

  /**
   * Where the test notes down what its clients ask and are told, in virtual time, to have it
   * checked; see {@link dev.synod.testkit.history.check.LinearizabilityChecker}.
   */
  public HistoryRecorder history() {
    return history;
  }

  /**
   * Cuts the network: machines hear each other only if one side has both.
   *
   * @param sides such as {@code n1 | n2,n3}; sides that overlap are joined by a bridge
   */
  public void partition(String sides) {
    apply(new Fault.Partition(sides));
  }

  /** The power of that machine goes: what it had not synced is lost. */
  public void crash(String node) {
    apply(new Fault.Crash(node, Tear.NOTHING_KEPT));
  }

  /** The node on that machine stops in order, handing over what it leads; then the power goes. */
  public void stop(String node) {
    tell("stop " + node);
    await(groups.stop(node));
    apply(new Fault.Crash(node, Tear.ALL_KEPT));
  }

  /** Boots a machine that is off. */
  public void restart(String node) {
    tell("restart " + node);
    recorder.ends(fault -> fault instanceof Fault.Crash crash && crash.node().equals(node));
    world.machine(node).boot();
  }

  /** The machine stops between two messages, until {@link #thaw} or {@link #heal}. */
  public void freeze(String node) {
    apply(new Fault.Freeze(node));
  }

  /** Ends a {@link #freeze}. */
  public void thaw(String node) {
    tell("thaw " + node);
    recorder.ends(fault -> fault.equals(new Fault.Freeze(node)));
    world.machine(node).thaw();
  }

  /** Any fault, from now on. */
  public void apply(Fault fault) {
    tell(fault.text());
    recorder.begins(fault);
    fault.begin(world);
  }

  /** The network is whole and good, all machines are on and thawed, and their disks are well. */
  public void heal() {
    tell("heal");
    recorder.ends(fault -> true);
    world.network().links().mendAll();
    world.network().quality(LinkQuality.GOOD);
    for (Machine machine : world.machines()) {
      machine.clockRate(1);
      machine.thaw();
      machine.disk().heal();
      machine.boot();
    }
  }

  /** Lets so long pass. */
  public void advance(Duration time) {
    world.engine().runUntil(() -> violation().isPresent(), time);
    check();
  }

  /** Lets faults come and go for so long, as the profile draws them from the seed. */
  public void storm(Duration length) {
    var from = world.engine().chance("storm at " + world.engine().nanoTime()).nextLong();
    var schedule = Nemesis.schedule(profile, world.names().size(), length, from);
    schedule.faults().stream().map(TimedFault::toString).forEach(this::tell);
    recorder.plays(schedule, length);
    var playing = schedule.play(world);
    advance(length);
    playing.stop();
  }

  /**
   * Until that holds, looked at after every event; fails if it does not within that virtual time.
   */
  public void eventually(String what, BooleanSupplier condition, Duration atMost) {
    boolean held =
        world.engine().runUntil(() -> violation().isPresent() || condition.getAsBoolean(), atMost);
    check();
    if (!held) {
      throw new AssertionError("not within " + atMost + ": " + what);
    }
  }

  /** Until the answer is there; fails if it fails, or is not there within {@link #PATIENCE}. */
  public <T> T await(CompletionStage<T> stage) {
    var answer = stage.toCompletableFuture();
    eventually("an answer", answer::isDone, PATIENCE);
    return answer.join();
  }

  /** What was broken, if anything. */
  public Optional<Violation> violation() {
    return groups.violation();
  }

  /** What the test and its profile did to the machines, and when. */
  public List<String> story() {
    return List.copyOf(story);
  }

  /** The machines, their disks, and the network, for what has no method here. */
  public World world() {
    return world;
  }

  /** What a picture can be drawn of. */
  Recorder recorder() {
    return recorder;
  }

  void check() {
    violation()
        .ifPresent(
            violation -> {
              throw new AssertionError(violation.toString());
            });
  }

  private void tell(String what) {
    story.add(String.format(Locale.ROOT, "%10.6f s  %s", world.engine().nanoTime() / 1e9, what));
  }

  private static Optional<Lens> lensOf(Protocol protocol) {
    return SimProtocol.lensOf(protocol);
  }

  /** The members that the machines make, for a group that is described by hand. */
  public Members members() {
    return Nodes.members(world.names().size());
  }
}
