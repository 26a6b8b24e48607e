package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.GCounter;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("All keys, in a tree of digests")
class KeySpaceTest {

  private static final Family<GCounter> FAMILY =
      new Family<>("", PlainCodecs.gCounter(), GCounter.ZERO);

  private static Entry<GCounter> entry(VersionVector version) {
    return new Entry<>(FAMILY, GCounter.ZERO, version);
  }

  private static VersionVector draw(VersionVector version, Random random) {
    var by = new ReplicaId(random.nextInt(3));
    return version.with(new Dot(by, version.get(by) + 1 + random.nextInt(5)));
  }

  @Test
  @DisplayName("hold what a plain map holds, and each sum is that of the nodes below")
  void model() {
    for (long seed = 1; seed <= 5; seed++) {
      var random = new Random(seed);
      var plain = new HashMap<String, VersionVector>();
      var keys = KeySpace.EMPTY;
      for (int i = 0; i < 400; i++) {
        String key = "key-" + random.nextInt(200);
        var version = draw(plain.getOrDefault(key, VersionVector.EMPTY), random);
        plain.put(key, version);
        keys = keys.with(key, entry(version));
        assertThat(keys.size()).isEqualTo(plain.size());
      }
      var found = new HashMap<String, VersionVector>();
      keys.forEach((key, entry) -> assertThat(found.put(key, entry.version())).isNull());
      assertThat(found).isEqualTo(plain);
      assertThat(atLeaves(keys)).isEqualTo(plain);
    }
  }

  /** What is found on the way down from the root, past nodes of no sum. */
  private static Map<String, VersionVector> atLeaves(KeySpace keys) {
    var found = new HashMap<String, VersionVector>();
    var open = new ArrayList<>(List.of(KeySpace.ROOT));
    while (!open.isEmpty()) {
      int node = open.remove(open.size() - 1);
      if (KeySpace.isLeaf(node)) {
        keys.leaf(node).forEach((key, entry) -> found.put(key, entry.version()));
        continue;
      }
      long below = 0;
      for (int i = 0; i < KeySpace.CHILDREN; i++) {
        int child = KeySpace.child(node, i);
        below += keys.sum(child);
        if (keys.sum(child) != 0) {
          open.add(child);
        }
      }
      assertThat(below).isEqualTo(keys.sum(node));
    }
    return found;
  }

  @Test
  @DisplayName("have one digest for the same versions, in whatever order they came")
  void digest() {
    var up = KeySpace.EMPTY;
    var down = KeySpace.EMPTY;
    for (int i = 0; i < 100; i++) {
      up = up.with("k" + i, entry(VersionVector.of(new ReplicaId(1), i + 1)));
      down = down.with("k" + (99 - i), entry(VersionVector.of(new ReplicaId(2), 1)));
    }
    for (int i = 0; i < 100; i++) {
      down = down.with("k" + i, entry(VersionVector.of(new ReplicaId(1), i + 1)));
    }

    assertThat(down.sum(KeySpace.ROOT)).isEqualTo(up.sum(KeySpace.ROOT));
    var other = up.with("k7", entry(VersionVector.of(new ReplicaId(1), 9)));
    assertThat(other.sum(KeySpace.ROOT)).isNotEqualTo(up.sum(KeySpace.ROOT));
  }

  @Test
  @DisplayName("have the digest that other versions of this software compute")
  void golden() {
    var keys =
        KeySpace.EMPTY
            .with("cart/7", entry(VersionVector.of(new ReplicaId(3), 4)))
            .with("cart/ü", entry(VersionVector.of(new ReplicaId(1), 2)));

    assertThat(Long.toHexString(keys.sum(KeySpace.ROOT))).isEqualTo("82ef83083606c4b");
  }

  @Test
  @DisplayName("have nothing where there is no node")
  void strangers() {
    var keys = KeySpace.EMPTY.with("k", entry(VersionVector.of(new ReplicaId(1), 1)));

    for (int node : new int[] {KeySpace.NODES, KeySpace.NODES * 16, Integer.MAX_VALUE}) {
      assertThat(keys.sum(node)).isZero();
      assertThat(keys.leaf(node).isEmpty()).isTrue();
    }
  }
}
