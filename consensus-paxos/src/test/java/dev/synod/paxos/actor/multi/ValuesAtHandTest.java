package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Values at a learner's hand")
class ValuesAtHandTest {

  private final ValuesAtHand values = new ValuesAtHand();

  @Test
  @DisplayName("are the newest of their slots, all of those asked for or none")
  void newest() {
    values.put(value(1, 1, 10));
    values.put(value(2, 1, 10));
    values.put(value(2, 2, 10));
    values.put(value(4, 2, 10));

    assertThat(values.get(1, 2)).contains(List.of(value(1, 1, 10), value(2, 2, 10)));
    assertThat(values.get(1, 4)).isEmpty();
  }

  @Test
  @DisplayName("are gone once the state machine has them, and stay so")
  void handed() {
    values.put(value(1, 1, 10));
    values.put(value(2, 1, 10));

    values.handed(1);
    values.put(value(1, 2, 10));

    assertThat(values.get(1, 1)).isEmpty();
    assertThat(values.get(2, 2)).isPresent();
  }

  @Test
  @DisplayName("take no more memory than they may; what does not fit leaves no older one behind")
  void bounded() {
    int large = 1 << 20;
    for (long slot = 1; slot <= 4; slot++) {
      values.put(value(slot, 1, large));
    }
    values.put(value(5, 1, 1));
    assertThat(values.get(1, 4)).isPresent();
    assertThat(values.get(5, 5)).isEmpty();

    values.put(value(4, 2, large + 1));
    assertThat(values.get(4, 4)).isEmpty();
    values.put(value(5, 2, large));
    assertThat(values.get(5, 5)).isPresent();

    values.handed(5);
    values.put(value(6 + 4_096, 1, 1));
    assertThat(values.get(6 + 4_096, 6 + 4_096)).isEmpty();
    values.put(value(5 + 4_096, 1, 1));
    assertThat(values.get(5 + 4_096, 5 + 4_096)).isPresent();
  }

  private static Entry value(long slot, long term, int length) {
    return new Entry(slot, new Term(term), EntryKind.COMMAND, Bytes.wrap(new byte[length]));
  }
}
