package dev.synod.crdt.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.ladder.LocalGroup.Fate;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call of a ladder")
class LadderCallsTest {

  private static final LadderFamily<PnCounter, Long> LIKES =
      LadderFamily.of(
          new Family<>("like/", PlainCodecs.pnCounter(), PnCounter.ZERO),
          Long.class,
          (counter, by, amount) -> counter.add(by, amount));
  private static final LadderFamily<BoundedCounter, Long> STOCK =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0)),
          Long.class,
          amount -> amount);
  private static final String LIKE = "like/x";
  private static final String SCREWS = "stock/x";
  private static final List<LadderFamily<?, ?>> FAMILIES = List.of(LIKES, STOCK);
  private static final ReplicaId FIRST = new ReplicaId(1);
  private static final ReplicaId SECOND = new ReplicaId(2);
  private static final CausalToken TOKEN = new CausalToken(VersionVector.of(new ReplicaId(77), 5));
  private static final Optional<String> BUSY = Optional.of("busy: too much waits for the disk");
  private static final Duration TICK = Duration.ofMillis(200);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Waiting waiting = new Waiting(kit);
  private final LocalGroup group = new LocalGroup(FAMILIES);
  private final ScriptedReplica replica = new ScriptedReplica(FIRST);
  private ActorRef<ToLadder> ladder;

  @BeforeEach
  void start() {
    var data = ReplicatedValues.of(kit.system(), kit.spawn(replica.behavior()));
    ladder =
        kit.spawn(
            LadderActor.behavior(
                "a",
                LadderSettings.from(ConfigFactory.load().getConfig("synod.crdt.ladder")),
                new LadderFamilies(FAMILIES),
                data,
                true,
                group));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private LadderStatus status(String key) {
    TestProbe<LadderStatus> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.GetStatus(key, probe.ref()));
    return probe.receiveMessage();
  }

  private void move(String key, ConsistencyMode mode) {
    group.decide(command -> Fate.ANSWERED);
    waiting.ticking(() -> status(key).isReady());
    group.apply(new LadderCommand.Move(key, mode));
    waiting.ticking(() -> isReady(status(key), mode));
  }

  private static boolean isReady(LadderStatus status, ConsistencyMode mode) {
    return status.isReady() && status.mode() == mode;
  }

  private void becomes(ReplicaId other) {
    replica.becomes(other);
    waiting.ticking(
        () -> group.state().rungs().members().get("a").equals(other) && status(LIKE).isReady());
  }

  private <T extends Lattice<T>> TestProbe<LadderOutcome> update(
      LadderFamily<T, Long> family, String key, long amount, Optional<ReplicaId> arrivedAt) {
    TestProbe<LadderOutcome> probe = kit.createTestProbe();
    ladder.tell(
        new ToLadder.Update<>(
            family, key, amount, TOKEN, arrivedAt, LadderUpdates.TRIES_MAX, probe.ref()));
    return probe;
  }

  private <T extends Lattice<T>> TestProbe<LadderRead<T>> read(
      LadderFamily<T, Long> family, String key, Optional<ReplicaId> arrivedAt) {
    TestProbe<LadderRead<T>> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.Read<>(family, key, TOKEN, arrivedAt, probe.ref()));
    return probe;
  }

  private TestProbe<LadderOutcome> giveBack(long amount) {
    TestProbe<LadderOutcome> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.GiveBack(STOCK, SCREWS, amount, probe.ref()));
    return probe;
  }

  private static String isRejected(TestProbe<LadderOutcome> probe, Reason reason) {
    var rejected = probe.expectMessageClass(LadderOutcome.Rejected.class);
    assertThat(rejected.reason()).isEqualTo(reason);
    return rejected.text();
  }

  private static <T> String isRefused(TestProbe<LadderRead<T>> probe, Reason reason) {
    var refused = (LadderRead.Refused<T>) probe.receiveMessage();
    assertThat(refused.reason()).isEqualTo(reason);
    return refused.text();
  }

  /** Whether the replica is asked for what a token names, and for nothing else. */
  private boolean isAwaited(int calls) {
    var kept = replica.kept();
    return kept.size() == calls
        && kept.stream()
            .allMatch(
                it ->
                    it instanceof Replicator.Get<?> get && get.consistency().after().equals(TOKEN));
  }

  @Test
  @DisplayName("waits anew for what its token names if that is at the replica before")
  void arrivedAtAnother() {
    move(LIKE, ConsistencyMode.CAUSAL);
    becomes(SECOND);
    replica.keeps(message -> !(message instanceof Describe));

    var updated = update(LIKES, LIKE, 1, Optional.of(FIRST));
    var read = read(LIKES, LIKE, Optional.of(FIRST));
    waiting.soon(() -> replica.kept().size() == 2);
    assertThat(isAwaited(2)).as("%s", replica.kept()).isTrue();
    replica.goOn();

    updated.expectMessageClass(LadderOutcome.Done.class);
    assertThat(read.receiveMessage()).isInstanceOf(LadderRead.Found.class);
  }

  @Test
  @DisplayName("is to be made again if the replica is another one once the wait is over")
  void waitsAtAnother() {
    move(LIKE, ConsistencyMode.CAUSAL);
    replica.keeps(message -> !(message instanceof Describe));
    var updated = update(LIKES, LIKE, 1, Optional.empty());
    var read = read(LIKES, LIKE, Optional.empty());
    waiting.soon(() -> isAwaited(2));

    replica.becomes(SECOND);
    replica.goOn();

    assertThat(isRejected(updated, Reason.STARTING)).contains("is " + SECOND + " by now");
    assertThat(isRefused(read, Reason.STARTING)).contains("is " + SECOND + " by now");
  }

  @Test
  @DisplayName("does not meet two questions who the replica is: their answers may change places")
  void oneQuestion() {
    move(LIKE, ConsistencyMode.CAUSAL);
    replica.keeps(Describe.class::isInstance);
    waiting.ticking(() -> !replica.kept().isEmpty());
    for (int ticks = 0; ticks < 5; ticks++) {
      time.timePasses(TICK);
      status(LIKE);
    }
    assertThat(replica.kept()).hasSize(1);

    replica.goOn();

    becomes(SECOND);
  }

  @Test
  @DisplayName("is to be made again if the replica has no time, and not if it makes no sense")
  void busy() {
    move(SCREWS, ConsistencyMode.CAUSAL);
    replica.isBusy(BUSY);
    var at = Optional.of(FIRST);

    assertThat(isRejected(update(STOCK, SCREWS, 1, at), Reason.UNAVAILABLE)).contains("busy");
    assertThat(isRefused(read(STOCK, SCREWS, at), Reason.UNAVAILABLE)).contains("busy");
    replica.isBusy(Optional.empty());
    isRejected(update(STOCK, SCREWS, 0, at), Reason.NOT_ALLOWED);
    isRejected(update(STOCK, SCREWS, -1, at), Reason.NO_RIGHTS);
    update(STOCK, SCREWS, 1, at).expectMessageClass(LadderOutcome.Done.class);
  }

  @Test
  @DisplayName("that gives back rights says whether it may be made again")
  void giveBack() {
    isRejected(giveBack(1), Reason.STARTING);
    move(SCREWS, ConsistencyMode.CAUSAL);
    isRejected(giveBack(1), Reason.NOT_ALLOWED);
    group.decide(
        command -> command instanceof LadderCommand.Joined ? Fate.REJECTED : Fate.ANSWERED);
    group.apply(new LadderCommand.Move(SCREWS, ConsistencyMode.BOUNDED));
    waiting.soon(() -> status(SCREWS).isMoving());
    isRejected(giveBack(1), Reason.MOVING);
    group.decide(command -> Fate.ANSWERED);
    waiting.ticking(() -> status(SCREWS).isReady());

    isRejected(giveBack(0), Reason.NOT_ALLOWED);
    isRejected(giveBack(1), Reason.NO_RIGHTS);
    replica.isBusy(BUSY);
    assertThat(isRejected(giveBack(1), Reason.UNAVAILABLE)).contains("busy");
    replica.isBusy(Optional.empty());
    update(STOCK, SCREWS, 3, Optional.of(FIRST)).expectMessageClass(LadderOutcome.Done.class);
    group.decide(command -> command instanceof LadderCommand.Back ? Fate.REJECTED : Fate.ANSWERED);
    assertThat(giveBack(2).expectMessageClass(LadderOutcome.Unknown.class).text())
        .contains("no leader was found");
  }

  @Test
  @DisplayName("says that rights were granted and can't be used")
  void notMerged() {
    move(SCREWS, ConsistencyMode.BOUNDED);
    var at = Optional.of(FIRST);
    update(STOCK, SCREWS, 3, at).expectMessageClass(LadderOutcome.Done.class);
    giveBack(3).expectMessageClass(LadderOutcome.Done.class);
    group.decide(
        command -> {
          replica.isBusy(command instanceof LadderCommand.Grant ? BUSY : Optional.empty());
          return Fate.ANSWERED;
        });

    assertThat(isRejected(update(STOCK, SCREWS, -1, at), Reason.UNAVAILABLE))
        .contains("rights to 0 of the 3", "is not merged here", BUSY.get());

    replica.isBusy(Optional.empty());
    group.decide(command -> Fate.ANSWERED);
    update(STOCK, SCREWS, -1, at).expectMessageClass(LadderOutcome.Done.class);
  }

  @Test
  @DisplayName("ends if a family can't say what an operation needs, or read what the group has")
  void wrongFamilies() {
    LadderFamily<BoundedCounter, Long> needing =
        new LadderFamily<>(
            STOCK.values(),
            Long.class,
            (counter, by, amount) -> Optional.empty(),
            amount -> {
              throw new IllegalStateException("needs nobody knows what");
            });
    LadderFamily<PnCounter, Long> other =
        LadderFamily.of(
            new Family<>("stock/", PlainCodecs.pnCounter(), PnCounter.ZERO),
            Long.class,
            (counter, by, amount) -> counter.add(by, amount));
    move(SCREWS, ConsistencyMode.CAUSAL);
    assertThat(isRejected(update(needing, SCREWS, 1, Optional.of(FIRST)), Reason.NOT_ALLOWED))
        .contains("nobody knows what");

    move(SCREWS, ConsistencyMode.LINEARIZABLE);

    assertThat(isRefused(read(other, SCREWS, Optional.of(FIRST)), Reason.UNAVAILABLE))
        .contains("are all nodes' families the same?", "kind 3, not 2");
  }
}
