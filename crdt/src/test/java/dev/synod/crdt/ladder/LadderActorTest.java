package dev.synod.crdt.ladder;

import static dev.synod.crdt.ladder.ConsistencyMode.BOUNDED;
import static dev.synod.crdt.ladder.ConsistencyMode.CAUSAL;
import static dev.synod.crdt.ladder.ConsistencyMode.EVENTUAL;
import static dev.synod.crdt.ladder.ConsistencyMode.LINEARIZABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.ReplicatorSettings;
import dev.synod.crdt.actor.ReplicatorSetup;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.ladder.LocalGroup.Fate;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A ladder's actor")
class LadderActorTest {

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

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Waiting waiting = new Waiting(kit);
  private final LocalGroup group = new LocalGroup(FAMILIES);
  private final Map<String, ActorRef<ToReplicator>> replicators = new ConcurrentHashMap<>();
  private final List<ActorRef<ToLadder>> ladders = new ArrayList<>();

  @BeforeEach
  void start() {
    for (String node : List.of("a", "b")) {
      var id = new ReplicaId(node.charAt(0));
      var setup =
          new ReplicatorSetup(
              node,
              List.of("a", "b"),
              List.of(LIKES.values(), STOCK.values()),
              ReplicatorSettings.of(kit.system()),
              (to, message) -> {
                var replicator = replicators.get(to);
                if (replicator != null) {
                  replicator.tell(message);
                }
              },
              () -> id);
      var replicator = kit.<ToReplicator>spawn(Replicator.behavior(setup), "replicator-" + node);
      replicators.put(node, replicator);
      ladders.add(
          kit.spawn(
              LadderActor.behavior(
                  node,
                  LadderSettings.from(ConfigFactory.load().getConfig("synod.crdt.ladder")),
                  new LadderFamilies(FAMILIES),
                  ReplicatedValues.of(kit.system(), replicator),
                  false,
                  group),
              "ladder-" + node));
    }
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<ToLadder> a() {
    return ladders.get(0);
  }

  private ActorRef<ToLadder> b() {
    return ladders.get(1);
  }

  private void allStart() {
    group.decide(command -> Fate.ANSWERED);
    ladders.forEach(this::awaitReady);
  }

  /** Asks until it serves that entity in the mode that it is in, while time passes. */
  private void awaitReady(ActorRef<ToLadder> ladder) {
    awaitStatus(ladder, LIKE, EVENTUAL);
  }

  private void awaitStatus(ActorRef<ToLadder> ladder, String key, ConsistencyMode mode) {
    waiting.ticking(
        () -> {
          var status = status(ladder, key);
          return status.isReady() && status.mode() == mode;
        });
  }

  private LadderStatus status(ActorRef<ToLadder> ladder, String key) {
    TestProbe<LadderStatus> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.GetStatus(key, probe.ref()));
    return probe.receiveMessage();
  }

  private void describe(String node) {
    TestProbe<Replicator.Description> probe = kit.createTestProbe();
    replicators.get(node).tell(new Replicator.Describe(probe.ref()));
    probe.receiveMessage();
  }

  private <T extends Lattice<T>> TestProbe<LadderOutcome> tell(
      ActorRef<ToLadder> ladder, LadderFamily<T, Long> family, String key, long amount) {
    return tell(ladder, family, key, amount, CausalToken.NONE);
  }

  private <T extends Lattice<T>> TestProbe<LadderOutcome> tell(
      ActorRef<ToLadder> ladder,
      LadderFamily<T, Long> family,
      String key,
      long amount,
      CausalToken after) {
    TestProbe<LadderOutcome> probe = kit.createTestProbe();
    ladder.tell(
        new ToLadder.Update<>(
            family, key, amount, after, Optional.empty(), LadderUpdates.TRIES_MAX, probe.ref()));
    return probe;
  }

  private TestProbe<LadderOutcome> move(
      ActorRef<ToLadder> ladder, String key, ConsistencyMode mode) {
    TestProbe<LadderOutcome> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.MoveTo(key, mode, probe.ref()));
    return probe;
  }

  private <T extends Lattice<T>> LadderRead<T> read(
      ActorRef<ToLadder> ladder, LadderFamily<T, ?> family, String key) {
    TestProbe<LadderRead<T>> probe = kit.createTestProbe();
    ladder.tell(new ToLadder.Read<>(family, key, CausalToken.NONE, Optional.empty(), probe.ref()));
    return probe.receiveMessage();
  }

  private static CausalToken isDone(TestProbe<LadderOutcome> probe, ConsistencyMode mode) {
    var done = probe.expectMessageClass(LadderOutcome.Done.class);
    assertThat(done.mode()).isEqualTo(mode);
    return done.token();
  }

  private static String isRejected(TestProbe<LadderOutcome> probe, Reason reason) {
    var rejected = probe.expectMessageClass(LadderOutcome.Rejected.class);
    assertThat(rejected.reason()).isEqualTo(reason);
    return rejected.text();
  }

  @Test
  @DisplayName("serves once the group has welcomed it, and not before")
  void starts() {
    isRejected(tell(a(), LIKES, LIKE, 1), Reason.STARTING);
    assertThat(read(a(), LIKES, LIKE)).isInstanceOf(LadderRead.Refused.class);

    allStart();

    isDone(tell(a(), LIKES, LIKE, 1), EVENTUAL);
    var found = (LadderRead.Found<PnCounter>) read(a(), LIKES, LIKE);
    assertThat(found.value().value()).isEqualTo(1);
  }

  @Test
  @DisplayName("hands its value in again until the group has it")
  void handsInAgain() {
    allStart();
    isDone(tell(b(), LIKES, LIKE, 5), EVENTUAL);
    group.decide(
        command ->
            command instanceof LadderCommand.Joined joined && joined.node().equals("b")
                ? Fate.REJECTED
                : Fate.ANSWERED);

    var moved = move(a(), LIKE, LINEARIZABLE);
    waiting.soon(() -> status(a(), LIKE).isMoving());
    time.timePasses(Duration.ofSeconds(1));
    assertThat(status(a(), LIKE).waitingFor()).contains("b");
    isRejected(tell(a(), LIKES, LIKE, 1), Reason.MOVING);
    group.decide(command -> Fate.ANSWERED);
    awaitStatus(b(), LIKE, LINEARIZABLE);
    awaitStatus(a(), LIKE, LINEARIZABLE);

    isDone(moved, LINEARIZABLE);
    isDone(tell(a(), LIKES, LIKE, 1), LINEARIZABLE);
    var found = (LadderRead.Found<PnCounter>) read(b(), LIKES, LIKE);
    assertThat(found.value().value()).isEqualTo(6);
    assertThat(found.mode()).isEqualTo(LINEARIZABLE);
  }

  @Test
  @DisplayName("takes the group's value before it goes on by itself")
  void takes() {
    allStart();
    move(a(), LIKE, LINEARIZABLE);
    awaitStatus(a(), LIKE, LINEARIZABLE);
    isDone(tell(a(), LIKES, LIKE, 7), LINEARIZABLE);
    group.decide(command -> command instanceof LadderCommand.Look ? Fate.REJECTED : Fate.ANSWERED);

    move(a(), LIKE, EVENTUAL);
    waiting.soon(() -> status(a(), LIKE).mode() == EVENTUAL);
    time.timePasses(Duration.ofSeconds(1));
    assertThat(status(a(), LIKE).isReady()).isFalse();
    group.decide(command -> Fate.ANSWERED);
    awaitStatus(a(), LIKE, EVENTUAL);

    var found = (LadderRead.Found<PnCounter>) read(a(), LIKES, LIKE);
    assertThat(found.value().value()).isEqualTo(7);
  }

  @Test
  @DisplayName("reads all modes anew when its watch has ended, and what it missed with them")
  void watchesAnew() {
    allStart();
    group.isHeard(false);
    group.apply(new LadderCommand.Move(LIKE, CAUSAL));
    group.isHeard(true);
    assertThat(status(a(), LIKE).mode()).isEqualTo(EVENTUAL);

    group.endWatches();

    ladders.forEach(each -> awaitStatus(each, LIKE, CAUSAL));
    isDone(move(b(), LIKE, CAUSAL), CAUSAL);
  }

  @Test
  @DisplayName("that was evicted is a member again as soon as it hears of that")
  void evicted() {
    allStart();

    group.apply(new LadderCommand.Evict("b"));

    waiting.ticking(() -> group.state().rungs().members().containsKey("b"));
    awaitReady(b());
  }

  @Test
  @DisplayName("says who is waited for when a move has taken too long")
  void tooLong() {
    allStart();
    group.decide(
        command -> command instanceof LadderCommand.Joined ? Fate.REJECTED : Fate.ANSWERED);

    var moved = move(a(), LIKE, LINEARIZABLE);
    waiting.soon(() -> status(a(), LIKE).isMoving());
    moved.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofSeconds(11));

    assertThat(moved.expectMessageClass(LadderOutcome.Unknown.class).text()).contains("[a, b]");
    isDone(move(a(), LIKE, EVENTUAL), EVENTUAL); // taken back
  }

  @Test
  @DisplayName("waits for what a token names, and says when it did not come")
  void behind() {
    allStart();
    move(a(), LIKE, CAUSAL);
    awaitStatus(a(), LIKE, CAUSAL);
    var unknown = new CausalToken(VersionVector.of(new ReplicaId(77), 5));

    var late = tell(a(), LIKES, LIKE, 1, unknown);
    status(a(), LIKE); // it has asked its replica
    describe("a"); // whose clock runs
    time.timePasses(Duration.ofSeconds(4));
    isRejected(late, Reason.BEHIND);

    var token = isDone(tell(a(), LIKES, LIKE, 1), CAUSAL);
    isDone(tell(a(), LIKES, LIKE, 1, token), CAUSAL);
  }

  @Test
  @DisplayName("asks for rights, and says what is known when it gets none")
  void rights() {
    allStart();
    isDone(tell(a(), STOCK, SCREWS, 10), EVENTUAL);
    assertThat(isRejected(tell(b(), STOCK, SCREWS, -1), Reason.NO_RIGHTS)).contains("rights to 0");
    move(a(), SCREWS, BOUNDED);
    ladders.forEach(each -> awaitStatus(each, SCREWS, BOUNDED));

    isDone(tell(b(), STOCK, SCREWS, -4), BOUNDED);
    assertThat(isRejected(tell(b(), STOCK, SCREWS, -7), Reason.NO_RIGHTS))
        .contains("the group has");
    group.decide(
        command ->
            command instanceof LadderCommand.Grant ? Fate.APPLIED_AND_UNKNOWN : Fate.ANSWERED);
    isRejected(tell(a(), STOCK, SCREWS, -2), Reason.UNAVAILABLE);
    group.decide(command -> Fate.ANSWERED);
    isDone(tell(a(), STOCK, SCREWS, -2), BOUNDED); // by what was granted before

    assertThat(group.state().rungs().of(SCREWS).mode()).isEqualTo(BOUNDED);
    isDone(tell(a(), STOCK, SCREWS, 1), BOUNDED);
  }

  @Test
  @DisplayName("tells the group of rights that it gave back until it has heard")
  void givesBack() {
    allStart();
    move(a(), SCREWS, BOUNDED);
    awaitStatus(a(), SCREWS, BOUNDED);
    isDone(tell(a(), STOCK, SCREWS, 10), BOUNDED);
    group.decide(command -> command instanceof LadderCommand.Back ? Fate.REJECTED : Fate.ANSWERED);

    TestProbe<LadderOutcome> back = kit.createTestProbe();
    a().tell(new ToLadder.GiveBack(STOCK, SCREWS, 4, back.ref()));
    back.expectMessageClass(LadderOutcome.Unknown.class);
    group.decide(command -> Fate.ANSWERED);
    waiting.ticking(() -> pool() == 4);

    isRejected(tell(a(), STOCK, SCREWS, -11), Reason.NO_RIGHTS);
    a().tell(new ToLadder.GiveBack(STOCK, SCREWS, 0, back.ref()));
    isRejected(back, Reason.NOT_ALLOWED);
  }

  private long pool() {
    var holding = group.state().query(new LadderCommand.Look(SCREWS));
    var seen = (LadderReply.Seen) holding;
    return STOCK.values().codec().decode(seen.value()).rightsOf(LadderState.GROUP);
  }

  @Test
  @DisplayName("refuses operations that could not be kept")
  void unserializable() {
    allStart();
    LadderFamily<PnCounter, Object> any =
        new LadderFamily<>(
            LIKES.values(),
            Object.class,
            (counter, by, operation) -> Optional.of(counter.add(by, 1)),
            operation -> 0);
    TestProbe<LadderOutcome> probe = kit.createTestProbe();
    a().tell(
            new ToLadder.Update<>(
                any,
                LIKE,
                new StringBuilder(),
                CausalToken.NONE,
                Optional.empty(),
                1,
                probe.ref()));

    assertThat(isRejected(probe, Reason.NOT_ALLOWED)).contains("StringBuilder");
  }
}
