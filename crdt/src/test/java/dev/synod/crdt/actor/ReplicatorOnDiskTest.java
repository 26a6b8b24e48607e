package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.core.GroupId;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Ended;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Subscribe;
import dev.synod.crdt.actor.Replicator.Subscribed;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.store.LogReplicaStore;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.log.LogReport;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replicator on disk")
class ReplicatorOnDiskTest {

  private static final GroupId GROUP = new GroupId("crdt-test");
  private static final ReplicaId OTHER = new ReplicaId(1000);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Consistency LOCAL = Consistency.local();

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final MemoryDisk disk = new MemoryDisk(new Random(1));
  private final AtomicInteger ids = new AtomicInteger();
  private final TestProbe<UpdateOutcome> updates = kit.createTestProbe();
  private final TestProbe<PeerMessage> sent = kit.createTestProbe();

  /** What the log of the present start has to do: nothing is done before the test says so. */
  private LinkedBlockingDeque<Runnable> tasks;

  /** What the store has to do: to read at the start, and to write snapshots. */
  private LinkedBlockingDeque<Runnable> storeTasks;

  private ActorRef<ToReplicator> replicator;
  private Replicator.Description described;

  @BeforeEach
  void begin() {
    replicator = spawn("");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<ToReplicator> spawn(String settings) {
    var own = new LinkedBlockingDeque<Runnable>(1000);
    tasks = own;
    var ownToo = new LinkedBlockingDeque<Runnable>(1000);
    storeTasks = ownToo;
    var log = NodeLog.open(disk, LogSettings.STANDARD, own::add, Runnable::run, new Random(2));
    var store =
        new LogReplicaStore(log.group(GROUP), log.snapshots(GROUP), ownToo::add, 1000, () -> {});
    var setup =
        new ReplicatorSetup(
            "a",
            List.of("a", "b"),
            KeptReplicas.FAMILIES,
            ReplicatorSettings.from(ConfigFactory.load().getConfig("synod.crdt")),
            (to, message) -> sent.ref().tell(message),
            () -> new ReplicaId(ids.incrementAndGet()));
    var keeping =
        StoreSettings.from(
            ConfigFactory.parseString(settings)
                .withFallback(ConfigFactory.load().getConfig("synod.crdt.store")));
    return kit.spawn(Replicator.behavior(setup, store, keeping));
  }

  /** Does all that the log and the store have to do. */
  private void work() {
    for (var queue : List.of(tasks, storeTasks)) {
      for (var task = queue.poll(); task != null; task = queue.poll()) {
        task.run();
      }
    }
  }

  /** The replicator reads what it kept; that it has started is not on disk yet. */
  private void runReading() {
    try {
      Objects.requireNonNull(storeTasks.poll(60, TimeUnit.SECONDS), "it does not begin").run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    describe();
  }

  /** The same, and it is on disk. */
  private void recover() {
    runReading();
    work();
    assertThat(sent.expectMessageClass(Who.class).from()).isEqualTo(described.self());
  }

  private Description describe() {
    TestProbe<Description> probe = kit.createTestProbe();
    replicator.tell(new Describe(probe.ref()));
    described = probe.receiveMessage();
    return described;
  }

  /** The process dies at once, with all that was not forced. */
  private void killAndRestart(String settings) {
    kit.stop(replicator);
    disk.crash(MemoryDisk.Tear.NOTHING_KEPT);
    replicator = spawn(settings);
  }

  private void add(long amount) {
    replicator.tell(
        new Update<>(
            KeptReplicas.COUNTERS,
            "counter/x",
            (it, me) -> it.add(me, amount),
            LOCAL,
            updates.ref()));
  }

  private TestProbe<ReadOutcome<PnCounter>> read() {
    TestProbe<ReadOutcome<PnCounter>> reads = kit.createTestProbe();
    replicator.tell(new Get<>(KeptReplicas.COUNTERS, "counter/x", LOCAL, reads.ref()));
    return reads;
  }

  private static long value(TestProbe<ReadOutcome<PnCounter>> reads) {
    return ((ReadOutcome.Found<PnCounter>) reads.receiveMessage()).value().value();
  }

  @Test
  @DisplayName("tells nobody of anything that is not on disk: no node, no caller, no reader")
  void gate() {
    runReading();
    sent.expectNoMessage(Duration.ZERO); // not even who it is
    work();
    var who = sent.expectMessageClass(Who.class);
    replicator.tell(new Here("b", OTHER, who.from(), who.question()));
    sent.expectMessageClass(Whole.class); // a search
    add(5);
    TestProbe<Subscribed<PnCounter>> news = kit.createTestProbe();
    replicator.tell(new Subscribe<>(KeptReplicas.COUNTERS, "counter/x", false, news.ref()));
    var reads = read();
    describe();

    updates.expectNoMessage(Duration.ZERO);
    news.expectNoMessage(Duration.ZERO);
    reads.expectNoMessage(Duration.ZERO);
    sent.expectNoMessage(Duration.ZERO);
    work();

    updates.expectMessageClass(UpdateOutcome.Written.class);
    assertThat(value(reads)).isEqualTo(5);
    assertThat(news.receiveMessage()).isInstanceOf(Replicator.Changed.class);
    var told = MessageCodec.decode(sent.expectMessageClass(Whole.class).message());
    assertThat(told).isInstanceOf(Deltas.class);
  }

  @Test
  @DisplayName("is the same replica after a restart, with all that it said, and nothing else")
  void restart() {
    recover();
    var before = described;
    add(5);
    add(3);
    describe();
    work();
    updates.receiveSeveralMessages(2);
    add(1); // nobody hears of it
    describe();
    killAndRestart("");

    recover();

    assertThat(described.self()).isEqualTo(before.self());
    assertThat(described.merged().get(before.self())).isEqualTo(2);
    var reads = read();
    assertThat(value(reads)).isEqualTo(8);
    updates.expectNoMessage(Duration.ZERO);
    assertThat(ids.get()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "numbers its questions on, so that answers to those of an earlier start are not heard")
  void numbers() {
    runReading();
    work();
    long first = sent.expectMessageClass(Who.class).question();
    killAndRestart("");
    runReading();
    work();

    assertThat(sent.expectMessageClass(Who.class).question())
        .isEqualTo(first + Beginning.numbersOf(1));
  }

  @Test
  @DisplayName("writes snapshots, and starts from them")
  void snapshots() {
    recover();
    killAndRestart("snapshot-after-bytes = 300");
    recover();
    for (int i = 0; i < 60; i++) {
      add(1);
      describe();
      work();
      describe(); // has heard that a snapshot is written
      work();
    }
    updates.receiveSeveralMessages(60);
    killAndRestart("");
    recover();

    assertThat(value(read())).isEqualTo(60);
    var kept = LogReport.of(disk).groups().get(0);
    assertThat(kept.base().index()).isPositive();
    assertThat(kept.last().index() - kept.base().index()).isLessThan(40);
  }

  @Test
  @DisplayName("stops with a word on what to do when the disk is full, and confirms nothing more")
  void full() {
    recover();
    disk.hook(
        (operation, file) -> {
          throw new IOException("No space left on device");
        });
    add(1);
    describe();

    LoggingTestKit.error("free some space and restart")
        .expect(
            kit.system(),
            () -> {
              work();
              return null;
            });

    updates.expectTerminated(replicator);
    updates.expectNoMessage(Duration.ZERO);
  }

  @Test
  @DisplayName("refuses calls and hears no others while too much waits for the disk")
  void busy() {
    recover();
    killAndRestart("sends-waiting-max = 2");
    recover();
    add(1);
    add(1);
    add(1);
    replicator.tell(new Who("b", OTHER, 1));
    describe();

    assertThat(updates.expectMessageClass(UpdateOutcome.Refused.class).reason()).contains("busy");
    work();
    updates.expectMessageClass(UpdateOutcome.Written.class);
    updates.expectMessageClass(UpdateOutcome.Written.class);
    describe();
    sent.expectNoMessage(Duration.ZERO);
    assertThat(described.merged().get(described.self())).isEqualTo(2);
  }

  @Test
  @DisplayName("stops if others have changes of it that it lost: its store was an older one")
  void older() {
    recover();
    replicator.tell(new Who("b", OTHER, 1));
    sent.expectMessageClass(Here.class);
    long question = sent.expectMessageClass(Who.class).question();
    replicator.tell(new Here("b", OTHER, described.self(), question));
    sent.expectMessageClass(Whole.class);

    var lie = MessageCodec.encode(new Acknowledged(OTHER, 1, false));
    LoggingTestKit.error(IllegalStateException.class)
        .withMessageContains("an older copy")
        .expect(
            kit.system(),
            () -> {
              replicator.tell(new Whole(OTHER, described.self(), 0, lie));
              return null;
            });

    updates.expectTerminated(replicator);
  }

  @Test
  @DisplayName("lets calls wait while it reads what it kept, as many as there is room for")
  void early() {
    killAndRestart("calls-waiting-max = 2");
    add(1);
    add(2);
    add(4);
    assertThat(updates.expectMessageClass(UpdateOutcome.Refused.class).reason()).contains("busy");
    TestProbe<Subscribed<PnCounter>> news = kit.createTestProbe();
    replicator.tell(new Subscribe<>(KeptReplicas.COUNTERS, "counter/x", false, news.ref()));
    assertThat(news.receiveMessage()).isInstanceOf(Ended.class);

    runReading();
    updates.expectNoMessage(Duration.ZERO);
    assertThat(described.keys()).isEqualTo(1);
    work();
    updates.receiveSeveralMessages(2);
  }
}
