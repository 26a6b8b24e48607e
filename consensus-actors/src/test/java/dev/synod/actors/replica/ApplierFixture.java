package dev.synod.actors.replica;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.SessionLimits;
import dev.synod.core.StateMachine;
import dev.synod.core.StoreId;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/** One applier of a {@link Tally} with a probe for its replica and one for a client. */
final class ApplierFixture implements AutoCloseable {

  static final GroupId GROUP = new GroupId("tally");
  static final Configuration FIRST =
      new Configuration(
          List.of(new Member(StoreId.of(1), new NodeAddress("n1", "pekko://t@n1:1"))));
  static final Founded FOUNDED = new Founded(1, FIRST, new SessionLimits(4, 3));
  static final ApplierSettings SETTINGS = new ApplierSettings(3, 100, 100, 512, 5);

  static final WatchSettings WATCH =
      new WatchSettings(4, 100, Duration.ofMillis(100), 8, 16, 1000, 16_384);

  final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  "pekko.actor.serialization-bindings { \"dev.synod.actors.replica.Kept\" ="
                      + " jackson-cbor }")
              .withFallback(ConfigFactory.load()));
  final Serialization serialization = SerializationExtension.get(kit.system());
  final CommittedLog log = new CommittedLog(serialization);
  final TestProbe<ReplicaMessage> replica = kit.createTestProbe();
  final TestProbe<Answers> client = kit.createTestProbe();
  final MemoryDisk disk = new MemoryDisk(new Random(1));
  final FileSnapshots snapshots = new FileSnapshots(disk, GROUP, 2);
  final Queue<Runnable> blocked = new ArrayDeque<>();
  boolean blocking;

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  ActorRef<ApplierMessage> applier() {
    return applier(Tally::new, SETTINGS);
  }

  <C, R, S> ActorRef<ApplierMessage> applier(
      Supplier<? extends StateMachine<C, R, S>> machine, ApplierSettings settings) {
    return kit.spawn(
        Applier.create(
            new ApplierSetup<C, R, S>(
                GROUP,
                StoreId.of(1),
                FOUNDED,
                machine,
                DIRECT,
                snapshots,
                this::execute,
                settings,
                WATCH),
            replica.ref()));
  }

  /** Runs tasks at once, or when told to if {@code blocking}. */
  private synchronized void execute(Runnable task) {
    if (blocking) {
      blocked.add(task);
    } else {
      task.run();
    }
  }

  synchronized void runBlocked() {
    while (!blocked.isEmpty()) {
      blocked.remove().run();
    }
  }

  ApplierMessage.Apply apply(List<Entry> entries, ApplierMessage.Waiter... waiters) {
    return new ApplierMessage.Apply(entries, Arrays.asList(waiters));
  }

  ApplierMessage.Waiter waiter(Entry entry, long tag) {
    return new ApplierMessage.Waiter(entry.index(), tag, client.ref());
  }

  ApplierMessage.Answer question(long tag, Object query, long index) {
    return new ApplierMessage.Answer(client.ref(), new Question(tag, Read.stale(), query), index);
  }

  /** The next answers that the client gets, as one message. */
  List<Answer> answers() {
    return client.receiveMessage().answers();
  }

  static Answer ok(long tag, long sum, long index) {
    return new Answer(tag, new Outcome.Ok<>(new Tally.Sum(sum), index));
  }

  /** Everything that is said about sessions and progress until that index is applied. */
  void expectApplied(long index) {
    while (true) {
      var message = replica.receiveMessage();
      if (message instanceof ApplierMessage.Applied applied && applied.index() == index) {
        return;
      }
    }
  }

  /** No network in between. */
  static final Peers DIRECT =
      new Peers() {
        @Override
        public ActorRef<NodeMessage> node(String address) {
          throw new UnsupportedOperationException("an applier speaks to no nodes");
        }

        @Override
        public <M> void tell(ActorRef<? super M> to, M message) {
          to.tell(message);
        }
      };

  /** The whole body of the newest snapshot. */
  Bytes newestSnapshot() {
    var newest = snapshots.newest(LogPosition.ZERO, damage -> {}).orElseThrow();
    try (var reader = snapshots.open(newest)) {
      return reader.read(0, (int) newest.size());
    }
  }

  void deleteSnapshots() {
    snapshots.deleteAll();
  }
}
