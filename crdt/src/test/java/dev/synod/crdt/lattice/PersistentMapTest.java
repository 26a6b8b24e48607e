package dev.synod.crdt.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A persistent map")
class PersistentMapTest {

  /** A key of which many have one hash. */
  record Key(int number, int hashes) {
    @Override
    public int hashCode() {
      return number % hashes * 0x9E3779B1;
    }
  }

  @ParameterizedTest(name = "{0} keys of {1} hashes")
  @CsvSource({"10,1", "200,3", "200,40", "3000,100000"})
  @DisplayName("holds what a plain map holds, whatever was put in and taken out")
  void model(int keys, int hashes) {
    for (long seed = 1; seed <= 10; seed++) {
      var random = new Random(seed);
      var plain = new HashMap<Key, Integer>();
      var map = PersistentMap.<Key, Integer>empty();
      for (int i = 0; i < 3 * keys; i++) {
        var key = new Key(random.nextInt(keys), hashes);
        var before = map;
        if (random.nextInt(3) > 0) {
          plain.put(key, i);
          map = map.with(key, i);
        } else {
          map = map.without(key);
          assertThat(map == before).isEqualTo(plain.remove(key) == null);
        }
        assertThat(map.get(key)).isEqualTo(plain.get(key));
        assertThat(map.size()).isEqualTo(plain.size());
      }
      same(map, plain);
      for (Key key : map.keys()) {
        map = map.without(key);
        plain.remove(key);
      }
      assertThat(map).isEqualTo(PersistentMap.empty());
    }
  }

  private static void same(PersistentMap<Key, Integer> map, Map<Key, Integer> plain) {
    var found = new HashMap<Key, Integer>();
    map.forEach((key, value) -> assertThat(found.put(key, value)).isNull());
    assertThat(found).isEqualTo(plain);
    var shuffled = new ArrayList<>(plain.keySet());
    Collections.shuffle(shuffled, new Random(7));
    var again = PersistentMap.<Key, Integer>empty();
    for (Key key : shuffled) {
      again = again.with(key, plain.get(key));
    }
    assertThat(again).isEqualTo(map).hasSameHashCodeAs(map);
    if (!shuffled.isEmpty()) {
      var other = again.with(shuffled.get(0), -1);
      assertThat(other).isNotEqualTo(map);
      assertThat(again.without(shuffled.get(0))).isNotEqualTo(map);
    }
  }

  @Test
  @DisplayName("is not changed by what is made from it")
  void immutable() {
    var one = PersistentMap.<String, Integer>empty().with("a", 1);
    var two = one.with("a", 2).with("b", 3);

    assertThat(one.get("a")).isEqualTo(1);
    assertThat(one.size()).isEqualTo(1);
    assertThat(two.without("b").get("a")).isEqualTo(2);
    assertThat(one.with("a", one.get("a"))).isSameAs(one);
  }
}
