package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Shard;
import dev.synod.crdt.wire.PlainCodecs;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Replicators of a node's shards")
class SiblingsTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final String FIRST = "counter/{0}"; // tags of shards 0 and 1 of 2
  private static final String SECOND = "counter/{b}";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<UpdateOutcome> updates = kit.createTestProbe();
  private final TestProbe<ReadOutcome<PnCounter>> reads = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static ReplicatorSetup setup(int shard, String settings) {
    Config crdt =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.load().getConfig("synod.crdt"));
    return new ReplicatorSetup(
            "a",
            List.of("a"),
            List.of(COUNTERS),
            ReplicatorSettings.from(crdt),
            (to, message) -> {},
            () -> new ReplicaId(1 + shard))
        .of(new Shard(shard, 2));
  }

  private List<ActorRef<ToReplicator>> started(String settings) {
    return IntStream.range(0, 2)
        .mapToObj(it -> kit.<ToReplicator>spawn(Replicator.behavior(setup(it, settings))))
        .toList();
  }

  private List<ActorRef<ToReplicator>> met(String settings) {
    var shards = started(settings);
    shards.forEach(it -> it.tell(Replicator.meeting(shards)));
    return shards;
  }

  private static Consistency after(CausalToken token) {
    return Consistency.local().after(token, TIMEOUT);
  }

  private CausalToken add(ActorRef<ToReplicator> to, String key, CausalToken after) {
    to.tell(new Update<>(COUNTERS, key, (it, me) -> it.add(me, 1), after(after), updates.ref()));
    return updates.expectMessageClass(UpdateOutcome.Written.class).token();
  }

  private void read(ActorRef<ToReplicator> from, String key, CausalToken after) {
    from.tell(new Get<>(COUNTERS, key, after(after), reads.ref()));
  }

  private void describe(ActorRef<ToReplicator> replicator) {
    TestProbe<Replicator.Description> probe = kit.createTestProbe();
    replicator.tell(new Replicator.Describe(probe.ref()));
    probe.receiveMessage();
  }

  @Test
  @DisplayName("serve whoever has seen what is in another one, and answer with both")
  void tokens() {
    assertThat(Shard.of(FIRST, 2)).isZero();
    assertThat(Shard.of(SECOND, 2)).isEqualTo(1);
    var shards = met("");

    var question = add(shards.get(0), FIRST, CausalToken.NONE);
    var answer = add(shards.get(1), SECOND, question);

    assertThat(question.isPartOf(answer)).isTrue();
    assertThat(answer.changes(1)).isEqualTo(VersionVector.of(new ReplicaId(2), 1));
    read(shards.get(0), FIRST, answer);
    var found = (ReadOutcome.Found<PnCounter>) reads.receiveMessage();
    assertThat(found.value().value()).isEqualTo(1);
    assertThat(answer.isPartOf(found.token())).isTrue();
  }

  @Test
  @DisplayName("ask again whom they could not ask before all had met")
  void meetLater() {
    var shards = started("");
    read(shards.get(1), SECOND, add(shards.get(0), FIRST, CausalToken.NONE));
    describe(shards.get(1));

    shards.forEach(it -> it.tell(Replicator.meeting(shards)));
    shards.forEach(this::describe);
    reads.expectNoMessage(Duration.ZERO);
    time.timePasses(TIMEOUT.dividedBy(2));

    assertThat(reads.receiveMessage()).isInstanceOf(ReadOutcome.Found.class);
  }

  @Test
  @DisplayName("answer, however many ask for what never comes")
  void neverComes() {
    var shards = met("calls-pending-max = 1");
    var lost = CausalToken.of(1, VersionVector.of(new ReplicaId(77), 5));

    read(shards.get(0), FIRST, lost);
    describe(shards.get(0));
    describe(shards.get(1));
    time.timePasses(TIMEOUT.multipliedBy(2));
    assertThat(reads.receiveMessage()).isInstanceOf(ReadOutcome.Refused.class);
    read(shards.get(0), FIRST, add(shards.get(1), SECOND, CausalToken.NONE));

    assertThat(reads.receiveMessage()).isInstanceOf(ReadOutcome.Found.class);
  }

  @Test
  @DisplayName("say what they have once it is on disk, and not before")
  void onDisk() {
    var store = new SimulatedStore();
    var settings = StoreSettings.from(ConfigFactory.load().getConfig("synod.crdt.store"));
    var kept = Replicator.behavior(setup(1, ""), store, settings);
    var shards = List.of(kit.spawn(Replicator.behavior(setup(0, ""))), kit.spawn(kept));
    shards.forEach(it -> it.tell(Replicator.meeting(shards)));
    describe(shards.get(1));
    force(store, shards.get(1));
    shards
        .get(1)
        .tell(
            new Update<>(
                COUNTERS, SECOND, (it, me) -> it.add(me, 1), Consistency.local(), updates.ref()));

    read(shards.get(0), FIRST, CausalToken.of(1, VersionVector.of(new ReplicaId(2), 1)));
    shards.forEach(this::describe);
    shards.forEach(this::describe);
    reads.expectNoMessage(Duration.ZERO);
    force(store, shards.get(1));

    assertThat(reads.receiveMessage()).isInstanceOf(ReadOutcome.Found.class);
  }

  private static void force(SimulatedStore store, ActorRef<ToReplicator> replicator) {
    store.force(store.waiting());
    replicator.tell(new StoreTold.Durable(store.durableTicket()));
  }

  @Test
  @DisplayName("do not take what others ask while they read for calls that wait")
  void reading() {
    var unread =
        new SimulatedStore() {
          @Override
          public void recover(Reader reader) {}
        };
    var few = ConfigFactory.parseString("calls-waiting-max = 2");
    var settings =
        StoreSettings.from(few.withFallback(ConfigFactory.load().getConfig("synod.crdt.store")));
    var shard = kit.spawn(Replicator.behavior(setup(1, ""), unread, settings));
    for (int i = 1; i <= 5; i++) {
      var what = new Effect.Await(1, VersionVector.of(new ReplicaId(77), i), true);
      shard.tell(new Siblings.Await(0, what));
    }

    read(shard, SECOND, CausalToken.NONE);
    read(shard, SECOND, CausalToken.NONE);
    reads.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  @DisplayName("stop when one of them does")
  void stopTogether() {
    var shards = met("");
    shards.forEach(this::describe);
    var watch = kit.createTestProbe();

    kit.stop(shards.get(1));

    watch.expectTerminated(shards.get(0));
  }
}
