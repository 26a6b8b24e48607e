package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.MessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two replicators; one of them has large values read by somebody whom the test holds back. */
@DisplayName("A replicator that is told of something large")
class ReplicatorAsideTest {

  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final String KEY = "set/large";
  private static final int ELEMENTS = 200_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Map<String, ActorRef<ToReplicator>> replicators = new ConcurrentHashMap<>();
  private final TestProbe<UpdateOutcome> updates = kit.createTestProbe();
  private final TestProbe<Runnable> aside = kit.createTestProbe();
  private final Queue<PeerMessage> sent = new ConcurrentLinkedQueue<>();
  private int ids;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<ToReplicator> start(String node, Executor executor) {
    var id = new ReplicaId(++ids);
    var setup =
        new ReplicatorSetup(
                node,
                List.of("a", "b"),
                List.of(SETS),
                ReplicatorSettings.from(ConfigFactory.load().getConfig("synod.crdt")),
                (to, message) -> {
                  sent.add(message);
                  var replicator = replicators.get(to);
                  if (replicator != null) {
                    replicator.tell(message);
                  }
                },
                () -> id)
            .aside(executor);
    var replicator = kit.<ToReplicator>spawn(Replicator.behavior(setup), node + id);
    replicators.put(node, replicator);
    describe(replicator); // its timers run
    time.timePasses(SECOND); // it asks again whom it could not reach before it was in the map
    return replicator;
  }

  private Description describe(ActorRef<ToReplicator> replicator) {
    TestProbe<Description> descriptions = kit.createTestProbe();
    replicator.tell(new Describe(descriptions.ref()));
    return descriptions.receiveMessage(PATIENCE);
  }

  private void meet(ActorRef<ToReplicator> one, ActorRef<ToReplicator> other) {
    var idOne = describe(one).self();
    var idOther = describe(other).self();
    int questions = 0;
    while (!describe(one).others().containsValue(idOther)
        || !describe(other).others().containsValue(idOne)) {
      assertThat(++questions).isLessThan(10_000);
    }
  }

  private void add(ActorRef<ToReplicator> to, String key, int elements) {
    to.tell(
        new Update<>(
            SETS,
            key,
            (set, me) -> {
              var all = set;
              for (int i = 0; i < elements; i++) {
                all = all.merge(all.add(me, "element-" + i));
              }
              return all;
            },
            Consistency.local(),
            updates.ref()));
    updates.receiveMessage(PATIENCE);
  }

  private int size(ActorRef<ToReplicator> at, String key) {
    TestProbe<ReadOutcome<AddWinsSet<String>>> reads = kit.createTestProbe();
    at.tell(new Get<>(SETS, key, Consistency.local(), reads.ref()));
    return ((ReadOutcome.Found<AddWinsSet<String>>) reads.receiveMessage(PATIENCE)).value().size();
  }

  @Test
  @DisplayName("answers before that is read, and has it afterwards")
  void answers() {
    var a = start("a", Runnable::run);
    var b = start("b", task -> aside.ref().tell(task));
    meet(a, b);
    add(a, KEY, ELEMENTS);
    var task = aside.receiveMessage(PATIENCE);

    assertThat(size(b, KEY)).isZero();
    assertThat(describe(b).merged().get(new ReplicaId(1))).isZero();

    task.run();
    assertThat(size(b, KEY)).isEqualTo(ELEMENTS);
    assertThat(describe(b).digest()).isEqualTo(describe(a).digest());
  }

  @Test
  @DisplayName("does not take it if its sender is gone by the time that it is read")
  void gone() {
    var a = start("a", Runnable::run);
    var b = start("b", task -> aside.ref().tell(task));
    meet(a, b);
    add(a, KEY, ELEMENTS);
    var task = aside.receiveMessage(PATIENCE);

    kit.stop(a);
    meet(start("a", Runnable::run), b);
    task.run();

    assertThat(size(b, KEY)).isZero();
    assertThat(describe(b).merged().get(new ReplicaId(1))).isZero();
  }

  @Test
  @DisplayName("hears nothing that its sender says later before that is read")
  void inOrder() {
    var a = start("a", Runnable::run);
    var b = start("b", task -> aside.ref().tell(task));
    meet(a, b);
    add(a, KEY, 10_000);
    var task = aside.receiveMessage(PATIENCE);

    add(a, "set/small", 1);
    describe(a); // it has told of it
    describe(b); // who has heard it
    assertThat(sent)
        .noneMatch(it -> it instanceof Whole whole && isGap(MessageCodec.decode(whole.message())));
    assertThat(size(b, "set/small")).isZero();

    task.run();
    assertThat(size(b, "set/small")).isEqualTo(1);
    assertThat(size(b, KEY)).isEqualTo(10_000);
    assertThat(sent).filteredOn(Piece.class::isInstance).doesNotHaveDuplicates();
  }

  private static boolean isGap(ReplicationMessage message) {
    return message instanceof Acknowledged acknowledged && acknowledged.isGap();
  }
}
