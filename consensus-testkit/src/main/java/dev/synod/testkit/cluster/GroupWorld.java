package dev.synod.testkit.cluster;

import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.LocalNode;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.log.LogException;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Playing;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.check.Guess;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A group of one protocol on simulated machines, with clients that keep it busy and invariants that
 * are asked after every change.
 */
public final class GroupWorld {

  private static final String GROUP = "journal";

  private final GroupSettings settings;
  private final World world;
  private final Watch watch;
  private final Workload workload;
  private final Transfers transfers;
  private final Administrators administrators;
  private final Watchers watchers;
  private final Map<String, GroupRef<String, String>> refs = new HashMap<>();
  private final Map<String, LocalNode> nodes = new HashMap<>();
  private final Map<String, Member> members = new TreeMap<>();

  /** All machines are on. */
  public GroupWorld(long seed, GroupSettings settings) {
    this.settings = settings;
    this.world = new World(seed, settings.nodes(), settings.config(), this::boot);
    this.watch = new Watch(world.names(), settings.lens().invariants(), world.engine()::nanoTime);
    this.workload = new Workload(world.engine(), watch, refs, settings.requestGapMean());
    this.transfers = new Transfers(world.engine(), watch, refs);
    this.administrators = new Administrators(world, watch, refs, members, settings.witnesses() > 0);
    this.watchers = new Watchers(world, watch, refs, this::serving, workload.tally());
    world
        .network()
        .observer(
            (from, to, message) ->
                settings.lens().promiseOf(from, to, message).ifPresent(watch::see));
    world.network().disorder(settings.lens()::isProtocol);
    world.machines().forEach(machine -> machine.afterPowerOff(() -> gone(machine.name())));
    world.bootAll();
    workload.start();
    transfers.start();
    if (settings.hasAdministrators()) {
      administrators.start();
    }
    watchers.start();
  }

  public World world() {
    return world;
  }

  public Watch watch() {
    return watch;
  }

  public Tally tally() {
    return workload.tally();
  }

  /** What the clients asked and were told. */
  public History history() {
    return workload.history();
  }

  /** Where commands of the history stood in the log, as far as any replica applied them. */
  Guess orderOfCommands() {
    return operation ->
        workload
            .nameOf(operation.invoke())
            .map(watch::placeOf)
            .map(place -> place.orElse(Guess.UNKNOWN))
            .orElse(Guess.UNKNOWN);
  }

  /** The group as it is used from that machine; empty while that is down. */
  public Optional<GroupRef<String, String>> on(String node) {
    return Optional.ofNullable(refs.get(node));
  }

  /** That node while it runs. */
  public Optional<LocalNode> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /** Plays the schedule, for so long or until an invariant is broken. */
  public Playing storm(Schedule schedule, LinkQuality quality, Duration length) {
    world.network().quality(quality);
    var playing = schedule.play(world);
    runFor(length);
    return playing;
  }

  /** Nobody asks for another leader any more. */
  public void endTransfers() {
    transfers.stop();
  }

  /** Runs for so long, or until an invariant is broken. */
  public void runFor(Duration length) {
    world.engine().runUntil(watch::isBroken, length);
  }

  /** Ends all faults, and starts again what is off or has given up. */
  public void heal(Playing playing) {
    playing.stop();
    world.network().links().mendAll();
    world.network().quality(LinkQuality.GOOD);
    for (Machine machine : world.machines()) {
      machine.clockRate(1);
      machine.thaw();
      machine.disk().heal();
      if (machine.isUp() && !watch.replica(machine.name()).isUp() && machine.lives() > 1) {
        machine.crash(Tear.ALL_KEPT);
      }
      machine.boot();
    }
  }

  /**
   * The healed group must take a write from each node whose replica takes part, and all of these
   * must come to know all that was acknowledged. Else the watch gets a violation.
   */
  public void recover() {
    workload.stop();
    endTransfers();
    administrators.stop();
    watchers.stop();
    var takingPart = new LivePart(this, settings.recovery());
    takingPart.check();
  }

  public Optional<Violation> violation() {
    return watch.violation();
  }

  boolean runUntil(BooleanSupplier condition, Duration atMost) {
    return world.engine().runUntil(() -> watch.isBroken() || condition.getAsBoolean(), atMost);
  }

  Engine engine() {
    return world.engine();
  }

  Workload workload() {
    return workload;
  }

  /** What became of the changes of members. */
  public Administrators.Tally administration() {
    return administrators.tally();
  }

  Watchers watchers() {
    return watchers;
  }

  /** The machines on which members are that take part and have an application to ask. */
  List<String> serving() {
    return current().members().stream()
        .filter(this::isServing)
        .map(member -> member.node().name())
        .sorted()
        .toList();
  }

  boolean isServing(Member member) {
    var name = member.node().name();
    return member.equals(members.get(name)) && watch.replica(name).isUp() && refs.containsKey(name);
  }

  /** Who belongs to the group by what is committed; before anything is, the founders. */
  Configuration current() {
    return watch.configurations().current().orElseGet(this::founded);
  }

  private Configuration founded() {
    var named = settings.named();
    var founders = named.nodes().stream().map(node -> members.get(node.name())).toList();
    return new Configuration(
        founders, those(founders, named::isWitness), those(founders, named::isObserver));
  }

  private static List<StoreId> those(List<Member> members, Predicate<String> kind) {
    return members.stream()
        .filter(member -> kind.test(member.node().address()))
        .map(Member::store)
        .toList();
  }

  private void boot(Machine machine) {
    try {
      start(machine);
    } catch (IllegalStateException | LogException e) {
      var cause = e instanceof LogException ? e : e.getCause();
      if (cause instanceof LogException refused && !machine.disk().explains(refused.failure())) {
        watch.see(new Change.Failed(machine.name(), refused.failure().message()));
      }
      throw e;
    }
  }

  private void start(Machine machine) {
    var node = Nodes.start(machine);
    var protocol =
        Observed.protocol(
            settings.protocol(), machine.name(), settings.lens(), watch, settings.config());
    var founders = settings.named();
    var group =
        Group.of(GROUP, () -> new Journal(machine.name(), watch)).using(protocol).on(founders);
    var name = machine.name();
    nodes.put(name, node);
    members.put(name, new Member(node.store(), new NodeAddress(name, node.address())));
    boolean founds = founders.at(node.address()).isPresent();
    refs.put(name, founds ? node.start(group) : node.join(group, name));
  }

  private void gone(String node) {
    refs.remove(node);
    nodes.remove(node);
    workload.gone(node);
    watchers.gone(node);
    watch.see(new Change.Stopped(node));
  }
}
