package dev.synod.ddata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.MvRegister;
import dev.synod.crdt.OrMap;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.Written;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.StoreCodecs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ORSetKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Imported sets and maps")
class ImportedContentTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final Family<OrMap<String, DotFun<Written<String>>>> MAPS =
      new Family<>(
          "map/",
          CausalCodecs.orMap(Codec.text(), StoreCodecs.written(Codec.text())),
          OrMap.empty());
  private static final Mapping<ORSet<String>, AddWinsSet<String>> SET =
      Mapping.orSet(ORSetKey.create("s"), SETS, "set/s");

  private static AddWinsSet<String> imported(AddWinsSet<String> here, String... elements) {
    return here.merge(SET.change(Ddata.set(elements)).apply(here));
  }

  private static OrMap<String, DotFun<Written<String>>> imported(
      OrMap<String, DotFun<Written<String>>> here, String... entries) {
    var mapping = Mapping.lwwMap(LWWMapKey.<String, String>create("m"), MAPS, "map/m");
    return here.merge(mapping.change(Ddata.map(entries)).apply(here));
  }

  private static List<String> at(OrMap<String, DotFun<Written<String>>> map, String key) {
    return map.get(key).map(it -> MvRegister.valuesOf(it.store())).orElse(List.of());
  }

  @Test
  @DisplayName("are the same delta wherever they are imported, whatever their history")
  void deterministic() {
    var random = new Random(1);
    var elements = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      elements.add("e" + random.nextInt());
    }
    var one = imported(AddWinsSet.empty(), elements.toArray(String[]::new));
    Collections.shuffle(elements, random);
    var other = imported(AddWinsSet.empty(), elements.toArray(String[]::new));

    assertThat(one.elements()).containsExactlyInAnyOrderElementsOf(elements);
    assertThat(SETS.codec().encode(other)).isEqualTo(SETS.codec().encode(one));
    assertThat(SETS.codec().decode(SETS.codec().encode(one))).isEqualTo(one);
    assertThat(one.state().context().runs()).isEqualTo(2);
  }

  @Test
  @DisplayName("do not bring back what was removed since, nor at a node that had not heard of it")
  void removed() {
    var a = imported(AddWinsSet.empty(), "x", "y");
    a = a.merge(a.remove(A, "x"));

    assertThat(imported(a, "x", "y")).isEqualTo(a);
    var b = imported(AddWinsSet.empty(), "x", "y");
    assertThat(b.merge(a)).isEqualTo(a);
    assertThat(a.merge(b).elements()).containsExactly("y");
  }

  @Test
  @DisplayName("are imported once: what is written there later stays there")
  void once() {
    var set = imported(AddWinsSet.empty(), "x");

    assertThat(imported(set, "x", "y")).isEqualTo(set);
    var empty = imported(AddWinsSet.empty());
    assertThat(empty).isNotEqualTo(AddWinsSet.empty());
    assertThat(imported(empty, "x").elements()).isEmpty();
  }

  @Test
  @DisplayName("that were read differently at two nodes at the same time are both there")
  void together() {
    var a = imported(AddWinsSet.empty(), "x", "y");
    var b = imported(AddWinsSet.empty(), "y", "z");

    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).elements()).containsExactlyInAnyOrder("x", "y", "z");
    assertThat(a.merge(b).merge(a.merge(b).remove(A, "y")).elements())
        .containsExactlyInAnyOrder("x", "z");
  }

  @Test
  @DisplayName("are changed here as if they had been written here")
  void registers() {
    var map = imported(OrMap.empty(), "milk", "2", "bread", "1");
    assertThat(map.keys()).containsExactlyInAnyOrder("milk", "bread");
    assertThat(at(map, "milk")).containsExactly("2");

    map = map.merge(map.update(A, "milk", MvRegister.writing("3")));
    map = map.merge(map.remove(A, "bread"));

    assertThat(at(map, "milk")).containsExactly("3");
    assertThat(imported(map, "milk", "2", "bread", "1")).isEqualTo(map);
    assertThat(map.merge(imported(OrMap.empty(), "milk", "2", "bread", "1"))).isEqualTo(map);
  }

  @Test
  @DisplayName("of another type of elements are refused")
  @SuppressWarnings({"unchecked", "rawtypes"}) // what a key's name promises may be wrong
  void otherElements() {
    ORSet numbers = ORSet.create().add(Ddata.node(1), 5);

    assertThatThrownBy(() -> SET.change(numbers)).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> SET.change(Ddata.set("\uD800")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not Unicode");
  }
}
