package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.core.GroupId;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.store.LogReplicaStore;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replicator on disk, with a registry")
class MemberOnDiskTest {

  private static final GroupId GROUP = new GroupId("crdt-test");
  private static final ReplicaId OTHER = new ReplicaId(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final MemoryDisk disk = new MemoryDisk(new Random(1));
  private final TestProbe<UpdateOutcome> updates = kit.createTestProbe();
  private final LinkedBlockingDeque<PeerMessage> sent = new LinkedBlockingDeque<>(1000);
  private final Decisions registry = new Decisions();

  /** What the log and the store have to do: nothing is done before the test says so. */
  private LinkedBlockingDeque<Runnable> tasks;

  private LinkedBlockingDeque<Runnable> storeTasks;
  private ActorRef<ToReplicator> replicator;
  private Description described;
  private int changesKept = 1000;

  @BeforeEach
  void begin() {
    replicator = spawn(setup("a"));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ReplicatorSettings settings() {
    var changed = ConfigFactory.parseString("synod.crdt.changes-kept = " + changesKept);
    return ReplicatorSettings.from(
        changed.withFallback(ConfigFactory.load()).getConfig("synod.crdt"));
  }

  private ReplicatorSetup setup(String node) {
    return new ReplicatorSetup(
        node, KeptReplicas.FAMILIES, settings(), (to, message) -> sent.add(message), registry);
  }

  private ReplicatorSetup withoutRegistry() {
    return new ReplicatorSetup(
        "a",
        List.of("a", "b"),
        KeptReplicas.FAMILIES,
        settings(),
        (to, message) -> sent.add(message),
        () -> new ReplicaId(99));
  }

  private ActorRef<ToReplicator> spawn(ReplicatorSetup setup) {
    var own = new LinkedBlockingDeque<Runnable>(1000);
    tasks = own;
    var ownToo = new LinkedBlockingDeque<Runnable>(1000);
    storeTasks = ownToo;
    var log = NodeLog.open(disk, LogSettings.STANDARD, own::add, Runnable::run, new Random(2));
    var store =
        new LogReplicaStore(log.group(GROUP), log.snapshots(GROUP), ownToo::add, 1000, () -> {});
    var keeping = StoreSettings.from(ConfigFactory.load().getConfig("synod.crdt.store"));
    return kit.spawn(Replicator.behavior(setup, store, keeping));
  }

  /** All that is written gets on disk, and the replicator knows it. */
  private void work() {
    describe();
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    describe();
  }

  /** It reads what it kept; that it has started is not on disk yet. */
  private void read() {
    try {
      Objects.requireNonNull(storeTasks.poll(60, TimeUnit.SECONDS), "it does not begin").run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    describe();
  }

  private Description describe() {
    TestProbe<Description> probe = kit.createTestProbe();
    replicator.tell(new Describe(probe.ref()));
    described = probe.receiveMessage();
    return described;
  }

  private void kill() {
    kit.stop(replicator);
    disk.crash(MemoryDisk.Tear.NOTHING_KEPT);
  }

  private void killAndRestart() {
    kill();
    replicator = spawn(setup("a"));
    read();
  }

  private void add(String key) {
    replicator.tell(
        new Update<>(
            KeptReplicas.COUNTERS,
            key,
            (it, me) -> it.add(me, 1),
            Consistency.local(),
            updates.ref()));
  }

  /** The replicator asks the registry what stands. */
  private void ask() {
    time.timePasses(settings().antiEntropyInterval());
    describe();
    describe(); // the answer was there before
  }

  private void evictAndSettle(long known) {
    registry.reported(OTHER, VersionVector.EMPTY);
    registry.evict("a");
    var merged = known == 0 ? VersionVector.EMPTY : VersionVector.of(described.self(), known);
    registry.reported(OTHER, merged);
    assertThat(registry.now().standing().isSettled(described.self())).isTrue();
  }

  /** The other node's replica answers, until nothing is said. */
  private Replication exchange(Replication other) {
    var after = other;
    work();
    for (int i = 0; i < 10; i++) {
      for (var message = sent.poll(); message != null; message = sent.poll()) {
        after = answer(after, message);
      }
      work();
    }
    return after;
  }

  private Replication answer(Replication other, PeerMessage message) {
    if (!(message instanceof Whole whole)) {
      return other;
    }
    Step step = other.receive(MessageCodec.decode(whole.message()));
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        var bytes = MessageCodec.encode(send.message());
        replicator.tell(new Whole(OTHER, send.to(), other.standing().generation(), bytes));
      }
    }
    return step.after();
  }

  private Replication other() {
    return Replication.of(
            OTHER, List.of(described.self()), KeptReplicas.FAMILIES, settings().limits())
        .at(registry.now().standing());
  }

  @Test
  @DisplayName("is the same replica after a restart, and the registry gives no other id")
  void restart() {
    read();
    work();
    add("counter/x");
    work();
    updates.expectMessageClass(UpdateOutcome.Written.class);
    var before = described;

    killAndRestart();

    assertThat(described.self()).isEqualTo(before.self()).isEqualTo(new ReplicaId(2));
    assertThat(described.merged()).isEqualTo(before.merged());
    assertThat(described.standing()).isEqualTo(before.standing());
    assertThat(described.others()).containsEntry("b", OTHER);
    assertThat(registry.enrolments()).isEqualTo(1);
  }

  @Test
  @DisplayName("takes another id if it stops before the first one is on disk")
  void neverThere() {
    read();
    assertThat(described.self()).isEqualTo(new ReplicaId(2));
    assertThat(sent).isEmpty();

    killAndRestart();

    assertThat(described.self()).isEqualTo(new ReplicaId(3));
    assertThat(registry.now().gone()).containsExactly(new ReplicaId(2));
  }

  @Test
  @DisplayName("reports nothing that is not on disk yet")
  void report() {
    read();
    assertThat(registry.reports()).isZero();
    work();
    assertThat(registry.reports()).isEqualTo(1);
    ask();
    add("counter/x");
    describe();
    ask();
    ask();
    assertThat(registry.reports()).isEqualTo(1);

    work();

    assertThat(registry.reports()).isEqualTo(2);
    assertThat(registry.now().reports().get(described.self())).isEqualTo(described.merged());
  }

  @Test
  @DisplayName("that was evicted is another one at once or not at all, and loses no change by it")
  void evicted() {
    read();
    add("counter/x");
    add("counter/y");
    work();
    updates.receiveSeveralMessages(2);
    evictAndSettle(0);
    kill();
    replicator = spawn(setup("a"));
    read(); // finds out, and takes another id, which is not on disk
    assertThat(describe().self()).isEqualTo(new ReplicaId(3));

    killAndRestart();
    assertThat(describe().self()).isEqualTo(new ReplicaId(4));
    assertThat(described.keys()).isZero();
    work();
    killAndRestart();
    assertThat(describe().self()).isEqualTo(new ReplicaId(4));
    assertThat(registry.enrolments()).isEqualTo(3);

    var other = exchange(other()); // what it has to make anew is still known

    assertThat(other.value(KeptReplicas.COUNTERS, "counter/x").value()).isEqualTo(1);
    assertThat(other.value(KeptReplicas.COUNTERS, "counter/y").value()).isEqualTo(1);
    killAndRestart();
    assertThat(described.merged().get(new ReplicaId(4))).isEqualTo(2);
    exchange(other);
    assertThat(described.merged().get(new ReplicaId(4))).isEqualTo(2); // not once more
  }

  @Test
  @DisplayName("that was evicted loses none of many changes by it, and makes them anew in turns")
  void evictedWithMuch() {
    kill();
    changesKept = 100;
    replicator = spawn(setup("a"));
    read();
    int count = 1300;
    for (int i = 0; i < count; i++) {
      add("counter/" + i);
    }
    work();
    updates.receiveSeveralMessages(count);
    evictAndSettle(0);
    killAndRestart();
    work(); // finds out
    work();
    killAndRestart(); // what it has to make anew is read

    assertThat(described.self()).isEqualTo(new ReplicaId(3));
    exchange(other()); // it has caught up

    assertThat(described.keys()).isEqualTo(count);
    assertThat(described.merged().get(described.self())).isEqualTo(count);
  }

  @Test
  @DisplayName("that was evicted says what is lost if the others have lost what all had")
  void lost() {
    read();
    add("counter/x");
    work();
    registry.reported(OTHER, described.merged());
    registry.reported(described.self(), described.merged());
    ask(); // a generation begins: others need to be told no more
    add("counter/y");
    work();
    assertThat(described.standing().generation()).isEqualTo(1);
    registry.evict("a");
    registry.enrol("b", 99); // the only other one has lost its memory
    registry.reported(new ReplicaId(3), VersionVector.EMPTY);

    says("1 changes of r2 behind the first 0 are lost", this::ask);

    work();
    assertThat(describe().self()).isEqualTo(new ReplicaId(4));
  }

  @Test
  @DisplayName(
      "stops if the registry knows of changes of it that it lost: its store was an older one")
  void older() {
    read();
    work();
    var claimed = VersionVector.of(described.self(), 7);
    registry.reported(OTHER, claimed);
    registry.reported(described.self(), claimed);

    stops("an older copy", this::tick);
  }

  private void tick() {
    time.timePasses(settings().antiEntropyInterval());
  }

  private void stops(String why, Runnable then) {
    says(why, then);
    updates.expectTerminated(replicator);
  }

  private void says(String why, Runnable then) {
    LoggingTestKit.error("")
        .withMessageContains(why)
        .expect(
            kit.system(),
            () -> {
              then.run();
              return null;
            });
  }

  @Test
  @DisplayName("is refused at another node than its own, as long as it is not evicted there")
  void moved() {
    read();
    work();
    kill();
    replicator = spawn(setup("c"));
    read();

    stops("evict that one first", () -> tasks.forEach(Runnable::run));
  }

  @Test
  @DisplayName("is refused without the registry, as is one that was without one")
  void refused() {
    read();
    work();
    kill();
    stops("a replica with a registry", () -> replicator = spawn(withoutRegistry()));
  }

  @Test
  @DisplayName("is refused in a store that was used without a registry")
  void refusedToo() {
    kill();
    replicator = spawn(withoutRegistry());
    read();
    work();
    kill();

    stops("started without a registry", () -> replicator = spawn(setup("a")));
  }
}
