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
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
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
@DisplayName("A replicator, and something large")
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
    return start(node, executor, "");
  }

  private ActorRef<ToReplicator> start(String node, Executor executor, String settings) {
    var crdt =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.load().getConfig("synod.crdt"));
    var id = new ReplicaId(++ids);
    var setup =
        new ReplicatorSetup(
                node,
                List.of("a", "b"),
                List.of(SETS),
                ReplicatorSettings.from(crdt),
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

  /** What the one has to say is said, and heard; what it tells itself comes behind the question. */
  private void exchange(ActorRef<ToReplicator> one, ActorRef<ToReplicator> other) {
    describe(one);
    describe(one);
    describe(other);
    describe(one);
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
  @DisplayName("is told of it, and answers calls before that is read, and has it afterwards")
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
  @DisplayName(
      "is told of it, and does not take it if its sender is gone by the time that it is read")
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
  @DisplayName("is told of it, and hears nothing that its sender says later before that is read")
  void inOrder() {
    var a = start("a", Runnable::run);
    var b = start("b", task -> aside.ref().tell(task));
    meet(a, b);
    add(a, KEY, 10_000);
    var task = aside.receiveMessage(PATIENCE);

    add(a, "set/small", 1);
    exchange(a, b);
    assertThat(messages())
        .noneMatch(it -> it instanceof Acknowledged acknowledged && acknowledged.isGap());
    assertThat(size(b, "set/small")).isZero();

    task.run();
    assertThat(size(b, "set/small")).isEqualTo(1);
    assertThat(size(b, KEY)).isEqualTo(10_000);
    assertThat(sent).filteredOn(Piece.class::isInstance).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("is asked for it, and answers calls before it has written that")
  void gives() {
    var a = start("a", task -> aside.ref().tell(task), "changes-kept = 1");
    add(a, KEY, ELEMENTS);
    add(a, "set/small", 1); // the only change that is kept
    var b = start("b", Runnable::run);
    meet(a, b);
    time.timePasses(SECOND); // it asks again, if it asked before the other knew it
    var task = aside.receiveMessage(PATIENCE);

    assertThat(size(a, "set/small")).isEqualTo(1);
    add(a, "set/small", 2);
    assertThat(sent).noneMatch(Piece.class::isInstance);
    assertThat(size(b, KEY)).isZero();
    exchange(a, b);
    sent.clear();
    time.timePasses(Duration.ofMillis(500)); // it asks again
    exchange(a, b);
    assertThat(messages()).anyMatch(Ask.class::isInstance).noneMatch(Deltas.class::isInstance);
    aside.expectNoMessage(Duration.ZERO);

    task.run();
    int questions = 0;
    while (size(b, KEY) == 0) {
      describe(a); // so that both get on
      assertThat(++questions).isLessThan(10_000);
    }
    assertThat(size(b, KEY)).isEqualTo(ELEMENTS);
  }

  @Test
  @DisplayName("is asked for it, and gives the next answer as soon as that is written")
  void goesOn() {
    var settings = "changes-kept = 1, aside-elements-min = 1";
    var a = start("a", task -> aside.ref().tell(task), settings);
    add(a, KEY, 1);
    add(a, "set/small", 1);
    var b = start("b", Runnable::run);
    meet(a, b);
    time.timePasses(SECOND); // it asks again, if it asked before the other knew it
    var task = aside.receiveMessage(PATIENCE);

    TestProbe<ReadOutcome<AddWinsSet<String>>> reads = kit.createTestProbe();
    b.tell(new Get<>(SETS, KEY, Consistency.all(SECOND), reads.ref()));
    exchange(b, a);
    aside.expectNoMessage(Duration.ZERO);

    task.run();
    aside.receiveMessage(PATIENCE).run();
    assertThat(((ReadOutcome.Found<?>) reads.receiveMessage(PATIENCE)).copies()).isEqualTo(2);
  }

  @Test
  @DisplayName("is told of it, and does not ask for it again while that is read")
  void asksOnce() {
    var a = start("a", Runnable::run, "changes-kept = 1");
    add(a, KEY, 10_000);
    add(a, "set/small", 1); // the only change that is kept
    var b = start("b", task -> aside.ref().tell(task));
    meet(a, b);
    time.timePasses(SECOND);
    var task = aside.receiveMessage(PATIENCE);

    exchange(b, a); // all that was due before
    sent.clear();
    time.timePasses(Duration.ofMillis(500));
    var self = describe(b).self();
    assertThat(messages()).noneMatch(it -> it instanceof Ask && it.from().equals(self));

    task.run();
    assertThat(size(b, KEY)).isEqualTo(10_000);
  }

  private List<ReplicationMessage> messages() {
    return sent.stream()
        .filter(Whole.class::isInstance)
        .map(it -> MessageCodec.decode(((Whole) it).message()))
        .toList();
  }
}
