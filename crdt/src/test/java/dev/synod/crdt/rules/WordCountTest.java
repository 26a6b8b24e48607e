package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.GCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words counted in a map of counters, of which the entries are parts of the text. */
@DisplayName("A count of words, each part by whichever replica, some by two,")
class WordCountTest {

  private static final Family<GCounter> COUNTS =
      new Family<>("word/", PlainCodecs.gCounter(), GCounter.ZERO);
  private static final Limits LIMITS = new Limits(20, 8, 16, 400, 3, 8);
  private static final int SCHEDULES = 300;
  private static final int REPLICAS = 3;
  private static final List<List<String>> PARTS =
      List.of(
          List.of("a", "lamp", "a", "boat", "the", "sea"),
          List.of("the", "boat", "the", "lamp", "the", "sea"),
          List.of("a", "sea", "a", "clerk", "a", "book"));

  /** A replica goes through a part, from its first word on. */
  private static final class Counting {
    private final int at;
    private final int part;
    private int done;

    Counting(int at, int part) {
      this.at = at;
      this.part = part;
    }

    boolean isDone() {
      return done == PARTS.get(part).size();
    }

    void goOn(Network network) {
      var word = PARTS.get(part).get(done++);
      long count = PARTS.get(part).subList(0, done).stream().filter(word::equals).count();
      var entry = new ReplicaId(100 + part);
      network.change(
          at, COUNTS, COUNTS.prefix() + word, it -> new GCounter(VersionVector.of(entry, count)));
    }
  }

  @Test
  @DisplayName("is that of the whole, whatever is lost, doubled or reordered")
  void wholeText() {
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      try {
        schedule(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void schedule(Random random) {
    var network = new Network(replicas(), random);
    var open = new ArrayList<Counting>();
    for (int part = 0; part < PARTS.size(); part++) {
      open.add(new Counting(random.nextInt(REPLICAS), part));
    }
    open.add(new Counting(random.nextInt(REPLICAS), random.nextInt(PARTS.size())));
    while (!open.isEmpty()) {
      int at = random.nextInt(REPLICAS);
      switch (random.nextInt(8)) {
        case 0, 1 -> open.get(random.nextInt(open.size())).goOn(network);
        case 2 -> network.take(at, network.replica(at).flush());
        case 3 -> network.take(at, network.replica(at).resend(other -> false));
        case 4 -> network.cut(random.nextInt(REPLICAS + 1) - 1);
        default -> network.deliverOne();
      }
      open.removeIf(Counting::isDone);
    }
    network.heal();
    network.areEqual();
    assertThat(counts(network.replica(0))).isEqualTo(whole());
  }

  private static List<Replication> replicas() {
    var replicas = new ArrayList<Replication>();
    for (int at = 0; at < REPLICAS; at++) {
      var others =
          List.of(new ReplicaId((at + 1) % REPLICAS + 1), new ReplicaId((at + 2) % REPLICAS + 1));
      replicas.add(Replication.of(new ReplicaId(at + 1), others, List.of(COUNTS), LIMITS));
    }
    return replicas;
  }

  private static SortedMap<String, Long> counts(Replication replica) {
    var counts = new TreeMap<String, Long>();
    replica
        .keys()
        .forEach(
            (key, entry) ->
                counts.put(
                    key.substring(COUNTS.prefix().length()), replica.value(COUNTS, key).value()));
    return counts;
  }

  private static SortedMap<String, Long> whole() {
    var counts = new TreeMap<String, Long>();
    PARTS.forEach(part -> part.forEach(word -> counts.merge(word, 1L, Long::sum)));
    return counts;
  }
}
