package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who belongs to a group")
class ConfigurationTest {

  @Test
  @DisplayName("decoding gives back what was encoded, from one voter to the most")
  void roundTrip() {
    for (int size : new int[] {1, 2, 3, 5, Configuration.MEMBERS_MAX}) {
      var group = group(size);

      assertThat(Configuration.decode(group.encode())).isEqualTo(group);
    }
    var longest = "ü".repeat(NodeAddress.LENGTH_MAX);
    var named = new Configuration(List.of(new Member(s(1), new NodeAddress(longest, longest))));
    assertThat(Configuration.decode(named.encode())).isEqualTo(named);
  }

  @Test
  @DisplayName("witnesses are kept, by the founding, while they catch up, and while joint")
  void witnesses() {
    var founded = new Configuration(group(3).members(), List.of(s(3)));
    var two = group(4).members();
    var goal = Membership.of(List.of(s(1), s(2), s(4)), List.of(), List.of(s(4)));
    var joint = founded.membership().admitting(goal).enterJoint(changes(founded, goal));
    var change = Optional.of(new UUID(1, 2));
    var changing = new Configuration(7, two, joint, change, Optional.of(goal));

    assertThat(Configuration.decode(founded.encode())).isEqualTo(founded);
    assertThat(Configuration.decode(changing.encode())).isEqualTo(changing);
    assertThat(founded.isWitness(s(3))).isTrue();
    assertThat(founded.isFull(s(3))).isFalse();
    assertThat(founded.isFull(s(1))).isTrue();
    assertThat(founded.isFull(s(9))).as("no member").isFalse();
  }

  private static List<MembershipChange> changes(Configuration founded, Membership goal) {
    return founded.membership().admitting(goal).changesTo(goal);
  }

  @Test
  @DisplayName("a goal that would make a witness a full replica can't be built")
  void goalOfAnotherKind() {
    var founded = new Configuration(group(3).members(), List.of(s(3)));
    var change = Optional.of(new UUID(1, 2));
    var goal = Optional.of(Membership.of(List.of(s(2), s(3))));

    assertThatThrownBy(
            () -> new Configuration(2, founded.members(), founded.membership(), change, goal))
        .isInstanceOf(REFUSED)
        .hasMessageContaining("makes nobody a witness");
  }

  @Test
  @DisplayName("voters are sorted, however they were listed")
  void sorted() {
    var members = new ArrayList<>(group(5).voters());
    Collections.reverse(members);

    assertThat(new Configuration(members)).isEqualTo(group(5));
    assertThat(group(3).others(s(2))).containsExactly(s(1), s(3));
    assertThat(group(3).others(s(9))).containsExactly(s(1), s(2), s(3));
    assertThat(group(3).isVoter(s(3))).isTrue();
    assertThat(group(3).member(s(4))).isEmpty();
    assertThat(group(3).quorum().members()).containsExactly(s(1), s(2), s(3));
  }

  @Test
  @DisplayName("no voters, too many, or one twice are refused")
  void refused() {
    var twice = List.of(group(1).voters().get(0), new Member(s(1), new NodeAddress("x", "y")));

    assertThatThrownBy(() -> new Configuration(List.of())).isInstanceOf(REFUSED);
    assertThatThrownBy(() -> group(Configuration.MEMBERS_MAX + 1)).isInstanceOf(REFUSED);
    assertThatThrownBy(() -> new Configuration(twice))
        .isInstanceOf(REFUSED)
        .hasMessageContaining("a store belongs to a group once");
  }

  @Test
  @DisplayName("names and addresses are neither blank nor too long")
  void names() {
    var tooLong = "x".repeat(NodeAddress.LENGTH_MAX + 1);

    assertThatThrownBy(() -> new NodeAddress(" ", "a")).isInstanceOf(REFUSED);
    assertThatThrownBy(() -> new NodeAddress("a", "")).isInstanceOf(REFUSED);
    assertThatThrownBy(() -> new NodeAddress(tooLong, "a")).isInstanceOf(REFUSED);
    assertThatThrownBy(() -> new NodeAddress("a", tooLong)).isInstanceOf(REFUSED);
    assertThat(new NodeAddress("n1", "pekko://x")).hasToString("n1 (pekko://x)");
  }

  @Test
  @DisplayName("bytes that end early are refused, wherever they end")
  void truncated() {
    byte[] good = group(3).encode().toArray();

    for (int length = 0; length < good.length; length++) {
      var cut = Bytes.wrap(Arrays.copyOf(good, length));
      assertThatThrownBy(() -> Configuration.decode(cut)).isInstanceOf(REFUSED);
    }
  }

  @Test
  @DisplayName("bytes that go on after the last voter are refused")
  void trailing() {
    byte[] good = group(3).encode().toArray();

    assertThatThrownBy(() -> Configuration.decode(Bytes.wrap(Arrays.copyOf(good, good.length + 1))))
        .isInstanceOf(REFUSED)
        .hasMessageContaining("1 bytes");
  }

  @Test
  @DisplayName("a damaged byte gives another configuration or a refusal, never anything else")
  void damaged() {
    byte[] good = group(3).encode().toArray();
    var random = new Random(1);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(Configuration.decode(Bytes.wrap(bad)).voters()).isNotEmpty();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  @DisplayName("random bytes are refused")
  void random() {
    var random = new Random(2);
    for (int run = 0; run < 2_000; run++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = 3;
      }
      assertThatThrownBy(() -> Configuration.decode(Bytes.wrap(noise))).isInstanceOf(REFUSED);
    }
  }

  @Test
  @DisplayName("a later format is named in the refusal")
  void laterFormat() {
    assertThatThrownBy(() -> Configuration.decode(Bytes.wrap(new byte[] {4, 1})))
        .isInstanceOf(REFUSED)
        .hasMessageContaining("configuration format 4");
  }

  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  private static StoreId s(long number) {
    return StoreId.of(number);
  }

  private static Configuration group(int size) {
    return new Configuration(
        IntStream.rangeClosed(1, size)
            .mapToObj(n -> new Member(s(n), new NodeAddress("n" + n, "pekko://shop@10.0.0." + n)))
            .toList());
  }
}
