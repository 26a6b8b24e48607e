package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.GroupId;
import dev.synod.crdt.rules.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a shard's replica is called")
class ShardNameTest {

  private static final String WHERE = "/data";

  private static List<GroupId> groups(String... names) {
    return Stream.of(names).map(GroupId::new).toList();
  }

  private static List<GroupId> of(String name, int shards, List<GroupId> held) {
    return StoreGroups.of(name, shards, held, WHERE);
  }

  @Test
  @DisplayName("says how many shards there are, unless it is one")
  void text() {
    assertThat(new ShardName("carts", Shard.ALL).text()).isEqualTo("carts");
    assertThat(new ShardName("carts", new Shard(2, 3)).text()).isEqualTo("carts.2-of-3");
  }

  @Test
  @DisplayName("is never what a shard of other values is called, nor what they are")
  void apart() {
    var called = new ArrayList<String>();
    var values =
        List.of("x", "x-0-of-2", "x-0", "0-of-2", "x.y", "x.2-of-2", "x.0-of-1", "x.00-of-2");
    for (String name : values) {
      for (int count : List.of(1, 2, 3)) {
        Shard.all(count).forEach(shard -> called.add(new ShardName(name, shard).text()));
      }
    }

    assertThat(called).doesNotHaveDuplicates().hasSize(6 * values.size());
  }

  @Test
  @DisplayName("is no name for values, which is said in words")
  void reserved() {
    for (String name : List.of("x.0-of-2", "x.1-of-2", "x.y.255-of-256")) {
      assertThatThrownBy(() -> new ShardName(name, Shard.ALL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("values can't be called \"%s\"".formatted(name))
          .hasMessageContaining("choose a name of letters, digits and hyphens");
    }
  }

  @Test
  @DisplayName("is the name of its group on disk")
  void onDisk() {
    assertThat(of("carts", 1, groups())).isEqualTo(groups("crdt-carts"));
    var both = groups("crdt-carts.0-of-2", "crdt-carts.1-of-2");
    assertThat(of("carts", 2, groups())).isEqualTo(both);
    assertThat(of("carts", 2, both)).isEqualTo(both);
    assertThat(of("carts", 2, both.subList(0, 1))).as("made halfway").isEqualTo(both);
  }

  @Test
  @DisplayName("is the former one where groups were called so")
  void former() {
    var former = groups("crdt-x-0-of-2", "crdt-x-1-of-2");
    assertThat(of("x", 2, former)).isEqualTo(former);

    var alone = groups("crdt-x-0-of-2");
    assertThat(of("x-0-of-2", 1, alone)).isEqualTo(alone);
    assertThatThrownBy(() -> of("x", 2, alone))
        .hasMessage(
            "/data holds \"x-0-of-2\" with synod.crdt.shards = 1, but is to hold \"x\" with"
                + " synod.crdt.shards = 2 and nothing else: start with the name and with"
                + " synod.crdt.shards that it was made with, or in another directory");
  }

  @Test
  @DisplayName("is missed where other values or other shards are, which are named")
  void others() {
    refused("carts", 2, groups("crdt-shop"), "holds \"shop\" with synod.crdt.shards = 1, but");
    refused(
        "carts",
        1,
        groups("crdt-carts.0-of-2", "crdt-carts.1-of-2"),
        "holds \"carts\" with synod.crdt.shards = 2, but is to hold \"carts\" with"
            + " synod.crdt.shards = 1 and nothing else");
    refused(
        "carts",
        3,
        groups("crdt-carts-0-of-2", "crdt-carts-1-of-2"),
        "holds \"carts\" with synod.crdt.shards = 2, but is to hold \"carts\" with"
            + " synod.crdt.shards = 3");
    refused(
        "carts",
        1,
        groups("crdt-carts", "orders"),
        "holds \"carts\" with synod.crdt.shards = 1, the group \"orders\", which is not of"
            + " replicated data, but");
  }

  @Test
  @DisplayName("is missed in few words where many others are")
  void many() {
    var held = new TreeSet<GroupId>();
    for (int i = 0; i < 1000; i++) {
      held.add(new GroupId("g" + i));
    }
    assertThatThrownBy(() -> of("carts", 256, List.copyOf(held)))
        .hasMessageContaining("and 995 more, but is to hold \"carts\"")
        .satisfies(it -> assertThat(it.getMessage()).hasSizeLessThan(600));
  }

  private static void refused(String name, int shards, List<GroupId> held, String words) {
    assertThatThrownBy(() -> of(name, shards, held))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(WHERE)
        .hasMessageContaining(words)
        .hasMessageContaining("start with the name and with synod.crdt.shards");
  }
}
