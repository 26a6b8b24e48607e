package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Replicator.Changed;
import dev.synod.crdt.actor.Replicator.Ended;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Subscribe;
import dev.synod.crdt.actor.Replicator.Subscribed;
import dev.synod.crdt.actor.Replicator.Unsubscribe;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replicator")
class ReplicatorTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final CausalToken UNKNOWN =
      new CausalToken(VersionVector.of(new ReplicaId(77), 5));

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Map<String, ActorRef<ToReplicator>> replicators = new ConcurrentHashMap<>();
  private final TestProbe<UpdateOutcome> updates = kit.createTestProbe();
  private int ids;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<ToReplicator> start(String node, String settings) {
    Config crdt =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.load().getConfig("synod.crdt"));
    var id = new ReplicaId(++ids);
    var setup =
        new ReplicatorSetup(
            node,
            List.of("a", "b"),
            List.of(COUNTERS, SETS),
            ReplicatorSettings.from(crdt),
            (to, message) -> {
              var replicator = replicators.get(to);
              if (replicator != null) {
                replicator.tell(message);
              }
            },
            () -> id);
    var replicator = kit.<ToReplicator>spawn(Replicator.behavior(setup), node + id);
    replicators.put(node, replicator);
    describe(replicator); // its timers run
    time.timePasses(SECOND); // it asks again whom it could not reach before it was in the map
    return replicator;
  }

  /** Both have met: each question here is answered behind what waits already, so few will do. */
  private void meet(ActorRef<ToReplicator> a, ActorRef<ToReplicator> b) {
    var idA = describe(a).self();
    var idB = describe(b).self();
    int questions = 0;
    while (!describe(a).others().containsValue(idB) || !describe(b).others().containsValue(idA)) {
      assertThat(++questions).isLessThan(10_000);
    }
  }

  private void add(ActorRef<ToReplicator> to, String key, Consistency consistency) {
    to.tell(new Update<>(COUNTERS, key, (it, me) -> it.add(me, 1), consistency, updates.ref()));
  }

  private String refusal() {
    return updates.expectMessageClass(UpdateOutcome.Refused.class).reason();
  }

  private ReadOutcome<PnCounter> read(
      ActorRef<ToReplicator> from, String key, Consistency consistency) {
    TestProbe<ReadOutcome<PnCounter>> reads = kit.createTestProbe();
    from.tell(new Get<>(COUNTERS, key, consistency, reads.ref()));
    time.timePasses(Duration.ofMillis(10));
    return reads.receiveMessage();
  }

  @Test
  @DisplayName("tells others of changes, who tell their subscribers")
  void replicates() {
    var a = start("a", "");
    var b = start("b", "");
    meet(a, b);
    TestProbe<Subscribed<PnCounter>> news = kit.createTestProbe();
    b.tell(new Subscribe<>(COUNTERS, "counter/x", false, news.ref()));

    add(a, "counter/x", Consistency.all(SECOND));

    var written = updates.expectMessageClass(UpdateOutcome.Written.class);
    assertThat(written.copies()).isEqualTo(2);
    var changed = (Changed<PnCounter>) news.receiveMessage();
    assertThat(changed.value().value()).isEqualTo(1);
    assertThat(changed.token()).isEqualTo(written.token());
    var found = (ReadOutcome.Found<PnCounter>) read(b, "counter/x", Consistency.all(SECOND));
    assertThat(found.value().value()).isEqualTo(1);
    assertThat(found.copies()).isEqualTo(2);
    var after = Consistency.local().after(written.token(), SECOND);
    assertThat(read(b, "counter/x", after)).isInstanceOf(ReadOutcome.Found.class);
  }

  @Test
  @DisplayName("says how many are known to have an update when its time is over")
  void unconfirmed() {
    var a = start("a", "");

    add(a, "counter/x", Consistency.majority(Duration.ofMillis(100)));
    updates.expectNoMessage(Duration.ZERO);
    describe(a);
    time.timePasses(Duration.ofMillis(200));

    assertThat(updates.expectMessageClass(UpdateOutcome.Unconfirmed.class).copies()).isEqualTo(1);
    TestProbe<ReadOutcome<PnCounter>> reads = kit.createTestProbe();
    a.tell(new Get<>(COUNTERS, "counter/x", Consistency.all(SECOND), reads.ref()));
    describe(a);
    time.timePasses(Duration.ofSeconds(2));
    var outcome = (ReadOutcome.Unconfirmed<PnCounter>) reads.receiveMessage();
    assertThat(outcome.copies()).isEqualTo(1);
    assertThat(describe(a).pending()).isZero();
  }

  private Replicator.Description describe(ActorRef<ToReplicator> replicator) {
    TestProbe<Replicator.Description> probe = kit.createTestProbe();
    replicator.tell(new Replicator.Describe(probe.ref()));
    return probe.receiveMessage();
  }

  @Test
  @DisplayName("does nothing before it has what a call follows")
  void follows() {
    var a = start("a", "");
    var after = Consistency.local().after(UNKNOWN, Duration.ofMillis(100));

    add(a, "counter/x", after);
    describe(a);
    time.timePasses(Duration.ofMillis(200));

    assertThat(refusal()).contains("did not arrive");
    var found = (ReadOutcome.Found<PnCounter>) read(a, "counter/x", Consistency.local());
    assertThat(found.value()).isEqualTo(PnCounter.ZERO);
  }

  @Test
  @DisplayName("refuses what it can't do, and goes on")
  void refuses() {
    var a = start("a", "calls-pending-max = 1");
    BiFunction<PnCounter, ReplicaId, PnCounter> fails =
        (it, me) -> {
          throw new IllegalStateException("no such thing");
        };

    a.tell(new Update<>(COUNTERS, "counter/x", fails, Consistency.local(), updates.ref()));
    assertThat(refusal()).contains("no such thing");
    add(a, "set/x", Consistency.local());
    assertThat(refusal()).contains("not of the family");
    add(a, "counter/x", Consistency.copies(3, SECOND));
    assertThat(refusal()).contains("3 copies on 2 nodes");
    add(a, "counter/x", Consistency.all(SECOND));
    add(a, "counter/x", Consistency.all(SECOND));
    assertThat(refusal()).contains("busy");
    add(a, "counter/x", Consistency.local());
    updates.expectMessageClass(UpdateOutcome.Written.class);
    assertThat(read(a, "set/x", Consistency.local())).isInstanceOf(ReadOutcome.Refused.class);
  }

  @Test
  @DisplayName("tells a subscriber of a key once an interval, and of all there is at first")
  void coalesces() {
    var a = start("a", "notify-interval = 5ms");
    add(a, "counter/x", Consistency.local());
    add(a, "counter/y", Consistency.local());
    a.tell(
        new Update<>(
            SETS, "set/x", (it, me) -> it.add(me, "e"), Consistency.local(), updates.ref()));
    TestProbe<Subscribed<PnCounter>> news = kit.createTestProbe();

    a.tell(new Subscribe<>(COUNTERS, "", true, news.ref()));
    assertThat(news.receiveSeveralMessages(2))
        .extracting(it -> ((Changed<PnCounter>) it).key())
        .containsExactlyInAnyOrder("counter/x", "counter/y");
    for (int i = 0; i < 5; i++) {
      add(a, "counter/x", Consistency.local());
    }
    assertThat(((Changed<PnCounter>) news.receiveMessage()).value().value()).isEqualTo(2);
    describe(a);
    news.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofMillis(5));
    assertThat(((Changed<PnCounter>) news.receiveMessage()).value().value()).isEqualTo(6);

    a.tell(new Unsubscribe(news.ref()));
    time.timePasses(Duration.ofMillis(10));
    add(a, "counter/x", Consistency.local());
    describe(a);
    news.expectNoMessage(Duration.ZERO);
  }

  @Test
  @DisplayName("has so many subscriptions only")
  void tooManySubscriptions() {
    var a = start("a", "subscriptions-max = 1");
    TestProbe<Subscribed<PnCounter>> first = kit.createTestProbe();
    TestProbe<Subscribed<PnCounter>> second = kit.createTestProbe();

    a.tell(new Subscribe<>(COUNTERS, "counter/x", false, first.ref()));
    a.tell(new Subscribe<>(COUNTERS, "counter/x", false, second.ref()));

    assertThat(second.receiveMessage()).isInstanceOf(Ended.class);
    first.expectNoMessage(Duration.ZERO);
  }

  @Test
  @DisplayName("that starts again has another id, and all that the others have, however large")
  void startsAgain() {
    var settings = "piece-bytes = 100, parcel-bytes-max = 1 MiB";
    var a = start("a", settings);
    meet(a, start("b", settings));
    a.tell(
        new Update<>(
            SETS,
            "set/x",
            (it, me) -> {
              var all = it;
              for (int i = 0; i < 1000; i++) {
                all = all.merge(all.add(me, "element-" + i));
              }
              return all;
            },
            Consistency.all(SECOND),
            updates.ref()));
    updates.expectMessageClass(UpdateOutcome.Written.class);
    var before = describe(a).others().get("b");

    kit.stop(replicators.get("b"));
    var again = start("b", settings);
    meet(a, again);
    time.timePasses(SECOND); // what one asked before the other knew it is asked again
    TestProbe<Subscribed<AddWinsSet<String>>> news = kit.createTestProbe();
    again.tell(new Subscribe<>(SETS, "set/x", false, news.ref()));

    var set = ((Changed<AddWinsSet<String>>) news.receiveMessage()).value();
    assertThat(set.size()).isEqualTo(1000);
    assertThat(describe(a).others().get("b")).isNotEqualTo(before);
  }
}
