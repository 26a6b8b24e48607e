package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anti-entropy alone, in rounds: in each, every replica looks for what one other has, as that was
 * when the round began (pull; Demers et al.: "Epidemic Algorithms for Replicated Database
 * Maintenance", 1987, §1.3). Nobody is told of a change.
 */
@DisplayName("Anti-entropy alone")
class GossipTest {

  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final Limits LIMITS = new Limits(1000, 100, 64, 1 << 16, 4, 100);
  private static final String KEY = "set/x";
  private static final int SEEDS = 30;
  private static final int ROUNDS_MAX = 1000;

  /** All replicas, each of which looks for what another has, and nothing else. */
  private static final class World {
    private final Random random;
    private final List<Replication> replicas = new ArrayList<>();
    private final List<SearchTurns> turns = new ArrayList<>();

    World(long seed, int size) {
      random = new Random(seed);
      for (int i = 0; i < size; i++) {
        replicas.add(fresh());
        turns.add(new SearchTurns(replicas.get(i).self()));
      }
    }

    private Replication fresh() {
      var id = new ReplicaId(random.nextInt(Integer.MAX_VALUE));
      return Replication.of(id, List.of(), List.of(SETS), LIMITS);
    }

    void add(int at, String key, String element) {
      var by = replicas.get(at).self();
      replicas.set(at, replicas.get(at).update(SETS, key, set -> set.add(by, element)).after());
    }

    void round() {
      var before = List.copyOf(replicas);
      for (int at = 0; at < before.size(); at++) {
        var others = new ArrayList<>(before.stream().map(Replication::self).toList());
        others.remove(at);
        var with = turns.get(at).next(false, others).orElseThrow();
        var other = before.stream().filter(it -> it.self().equals(with)).findFirst().orElseThrow();
        replicas.set(at, searched(before.get(at), other));
      }
    }

    /** One whole search. */
    private static Replication searched(Replication one, Replication other) {
      var step = one.search(other.self());
      while (step.after().search().isPresent()) {
        step = step.after().receive(sent(other.receive(sent(step))));
      }
      return step.after();
    }

    private static ReplicationMessage sent(Step step) {
      return step.effects().stream()
          .filter(Effect.Send.class::isInstance)
          .map(effect -> ((Effect.Send) effect).message())
          .findFirst()
          .orElseThrow();
    }

    boolean areEqual() {
      return replicas.stream().mapToLong(Replication::digest).distinct().count() == 1;
    }

    int roundsUntilEqual() {
      for (int rounds = 0; rounds < ROUNDS_MAX; rounds++) {
        if (areEqual()) {
          return rounds;
        }
        round();
      }
      throw new AssertionError("not equal after " + ROUNDS_MAX + " rounds");
    }

    boolean has(int at, String element) {
      return replicas.get(at).value(SETS, KEY).contains(element);
    }

    long holders(String element) {
      return replicas.stream().filter(it -> it.value(SETS, KEY).contains(element)).count();
    }

    void remove(int at, String element) {
      var by = replicas.get(at).self();
      replicas.set(at, replicas.get(at).update(SETS, KEY, set -> set.remove(by, element)).after());
    }

    /** The node loses all, and goes on as another replica. */
    void restart(int at) {
      replicas.set(at, fresh());
      turns.set(at, new SearchTurns(replicas.get(at).self()));
    }
  }

  /** Partners in one order for all, from one place on, would need size - 1 rounds. */
  private static int bound(int size) {
    return (int) (3 * Math.log(size) / Math.log(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 50, 64})
  @DisplayName("spreads a change of each replica to all in rounds by the logarithm of their number")
  void logarithmic(int size) {
    int most = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      var world = new World(seed, size);
      for (int at = 0; at < size; at++) {
        world.add(at, "set/" + at, "x");
      }
      most = Math.max(most, world.roundsUntilEqual());
    }
    assertThat(most).isLessThanOrEqualTo(bound(size));
  }

  @Test
  @DisplayName("spreads a single change so, whichever replica has made it")
  void single() {
    int most = 0;
    for (int at = 0; at < 50; at++) {
      var world = new World(at, 50);
      world.add(at, KEY, "x");
      most = Math.max(most, world.roundsUntilEqual());
    }
    assertThat(most).isLessThanOrEqualTo(bound(50));
  }

  @Test
  @DisplayName("brings nothing back that was removed, although a node began empty meanwhile")
  void restarted() {
    int times = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      var world = new World(seed, 50);
      int restarting = world.random.nextInt(50);
      int removing = (restarting + 1 + world.random.nextInt(49)) % 50;
      world.add(restarting, KEY, "x");
      world.add(restarting, KEY, "y");
      world.roundsUntilEqual();
      world.remove(removing, "x");
      while (world.holders("x") > 25) {
        world.round();
      }

      world.restart(restarting);
      boolean hadItAgain = false;
      while (!world.areEqual()) {
        world.round();
        hadItAgain |= world.has(restarting, "x");
      }

      assertThat(world.holders("x")).isZero();
      assertThat(world.holders("y")).isEqualTo(50);
      times += hadItAgain ? 1 : 0;
    }
    assertThat(times).as("times that it met one who had not heard of the removal").isPositive();
  }
}
