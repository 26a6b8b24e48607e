package dev.synod.testkit.lab.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Where keys are. That replicas of a key then tell each other of the keys that differ, and of no
 * others, is shown where the digests are: {@code ReplicationTest.differences} of the module crdt.
 */
@DisplayName("Keys on a ring")
class RingTest {

  private static final int N = 3;
  private static final int PLACES = 128;
  private static final List<String> TEN = nodes(10);
  private static final List<String> KEYS =
      IntStream.range(0, 20_000).mapToObj(number -> "key-" + number).toList();

  private static List<String> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "n" + number).toList();
  }

  private static double share(long part) {
    return part / (double) KEYS.size();
  }

  /** How many keys have their first home at each node. */
  private static Map<String, Long> load(Ring ring) {
    return KEYS.stream()
        .collect(
            Collectors.groupingBy(
                key -> ring.homes(key, 1).get(0), TreeMap::new, Collectors.counting()));
  }

  @Test
  @DisplayName("have n different homes, though most neighbours on the ring are one node twice")
  void differentHomes() {
    var ring = Ring.of(nodes(4), PLACES);

    for (var key : KEYS) {
      assertThat(ring.homes(key, N)).doesNotHaveDuplicates().hasSize(N);
      assertThat(ring.preferences(key)).containsExactlyInAnyOrderElementsOf(nodes(4));
    }
  }

  @Test
  @DisplayName("move to a node that joins only, about one in n of them")
  void joins() {
    var before = Ring.of(TEN, PLACES);
    var after = before.with("n11", PLACES);
    int moved = 0;
    int changed = 0;
    for (var key : KEYS) {
      var first = after.homes(key, 1);
      var rest = new ArrayList<>(after.preferences(key));
      rest.remove("n11");
      assertThat(rest).isEqualTo(before.preferences(key)); // whoever was before another still is
      moved += first.equals(before.homes(key, 1)) ? 0 : 1;
      changed += after.homes(key, N).equals(before.homes(key, N)) ? 0 : 1;
    }

    assertThat(share(moved)).isCloseTo(1.0 / 11, within(0.025));
    assertThat(share(changed)).isCloseTo(N / 11.0, within(0.06));
  }

  @Test
  @DisplayName("would nearly all move, if a hash modulo the number of nodes said where they are")
  void modulo() {
    long moved =
        KEYS.stream()
            .mapToLong(Ring::hash)
            .filter(hash -> Math.floorMod(hash, 10) != Math.floorMod(hash, 11))
            .count();

    assertThat(share(moved)).isGreaterThan(0.9);
  }

  @Test
  @DisplayName("of a node that leaves go to all others, not to a neighbour")
  void leaves() {
    var before = Ring.of(TEN, PLACES);
    var after = before.without("n3");
    var loads = load(before);
    var heirs = new TreeMap<String, Integer>();
    for (var key : KEYS) {
      if (before.homes(key, 1).equals(List.of("n3"))) {
        heirs.merge(after.homes(key, 1).get(0), 1, Integer::sum);
        assertThat(after.homes(key, N - 1)).isEqualTo(before.homes(key, N).subList(1, N));
      }
    }

    assertThat(heirs).hasSize(9);
    assertThat(heirs.values()).allMatch(keys -> keys < loads.get("n3") / 3);
  }

  @Test
  @DisplayName("are spread evenly only if each node is at many places")
  void even() {
    double mean = KEYS.size() / 10.0;
    var many = load(Ring.of(TEN, PLACES));
    var one = load(Ring.of(TEN, 1));

    assertThat(many.values()).hasSize(10).allMatch(keys -> keys > 0.7 * mean && keys < 1.3 * mean);
    assertThat(one.values()).anyMatch(keys -> keys > 2 * mean);
  }

  @Test
  @DisplayName("are more where a machine is larger and has more places")
  void weights() {
    var loads = load(Ring.of(TEN, PLACES).with("large", 3 * PLACES));

    assertThat(share(loads.get("large"))).isCloseTo(3.0 / 13, within(0.05));
  }
}
