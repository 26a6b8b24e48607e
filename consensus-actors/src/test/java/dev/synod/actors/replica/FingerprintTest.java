package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fingerprint of a value")
class FingerprintTest {

  record Point(int x, List<Integer> more) {}

  record Other(int x, List<Integer> more) {}

  private static final class Closed {
    final int inside;

    Closed(int inside) {
      this.inside = inside;
    }
  }

  @Test
  @DisplayName("is the same in every process")
  void sameEverywhere() {
    assertThat(Fingerprint.of("twelve")).isEqualTo(531924899580044493L);
    assertThat(Fingerprint.of(Reason.BUSY)).isEqualTo(Fingerprint.of("BUSY"));
  }

  @Test
  @DisplayName("is the same for what is equal, whatever holds it, and however it was decoded")
  void equalIsEqual() {
    assertThat(Fingerprint.of(new HashSet<>(List.of("a", "b", "c"))))
        .isEqualTo(Fingerprint.of(new TreeSet<>(Set.of("c", "b", "a"))));
    assertThat(Fingerprint.of(new HashMap<>(Map.of("a", 1, "b", 2))))
        .isEqualTo(Fingerprint.of(new TreeMap<>(Map.of("b", 2, "a", 1))));
    assertThat(Fingerprint.of(new LinkedHashMap<>(Map.of("a", 1L))))
        .isEqualTo(Fingerprint.of(Map.of("a", 1)));
    assertThat(Fingerprint.of(new ArrayList<>(List.of(1, 2))))
        .isEqualTo(Fingerprint.of(List.of(1, 2)));
    assertThat(Fingerprint.of(new Point(1, List.of(2))))
        .isEqualTo(Fingerprint.of(new Point(1, new ArrayList<>(List.of(2)))));
    assertThat(Fingerprint.of(new byte[] {1, 2})).isEqualTo(Fingerprint.of(new byte[] {1, 2}));
  }

  @Test
  @DisplayName("is another one for what differs")
  void otherIsOther() {
    var values =
        Stream.of(
                "a",
                "b",
                1,
                2,
                1.5,
                true,
                false,
                Reason.BUSY,
                Reason.INVALID,
                new UUID(1, 2),
                Duration.ofSeconds(3),
                Bytes.utf8("a"),
                Optional.of("a"),
                Optional.empty(),
                List.of(1, 2),
                List.of(2, 1),
                Set.of(1, 2),
                Map.of(1, 2),
                Map.of(2, 1),
                new int[] {1, 2, 3},
                new Point(1, List.of()),
                new Point(2, List.of()),
                new Point(1, List.of(1)),
                new Other(1, List.of()),
                new Closed(1))
            .map(Fingerprint::of)
            .toList();

    assertThat(values).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("tells nothing of what it can't look into, so it never raises a false alarm")
  void closed() {
    assertThat(new Closed(1).inside).isNotEqualTo(new Closed(2).inside);
    assertThat(Fingerprint.of(new Closed(1))).isEqualTo(Fingerprint.of(new Closed(2)));
  }

  @Test
  @DisplayName("of what holds itself has an end")
  void endless() {
    var endless = new ArrayList<Object>();
    endless.add(endless);

    assertThat(Fingerprint.of(endless)).isEqualTo(Fingerprint.of(endless));
  }
}
