package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Term;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The digest over all that was applied")
class DigestChainTest {

  private static final int BLOCK = 200;

  private static final Outcome<Object> OK = new Outcome.Ok<>(5L, 1);

  @Test
  @DisplayName("is the same for the same entries and replies")
  void same() {
    assertThat(after(entry(1, "a"), OK, true)).isEqualTo(after(entry(1, "a"), OK, true));
  }

  @Test
  @DisplayName("differs if entry or reply do")
  void differs() {
    long digest = after(entry(1, "a"), OK, true);

    assertThat(after(entry(1, "b"), OK, true)).isNotEqualTo(digest);
    assertThat(after(entry(2, "a"), OK, true)).isNotEqualTo(digest);
    assertThat(after(entry(1, "a"), new Outcome.Ok<>(6L, 1), true)).isNotEqualTo(digest);
    assertThat(after(entry(1, "a"), new Outcome.Unknown<>("why"), true)).isNotEqualTo(digest);
    assertThat(after(entry(1, "a"), new Outcome.Rejected<>(Reason.BUSY, "why"), true))
        .isNotEqualTo(digest)
        .isNotEqualTo(after(entry(1, "a"), new Outcome.Rejected<>(Reason.INVALID, "why"), true));
  }

  @Test
  @DisplayName("does not look at texts for people, nor at replies of long ago")
  void leavesOut() {
    assertThat(after(entry(1, "a"), new Outcome.Rejected<>(Reason.BUSY, "at 0x77"), true))
        .isEqualTo(after(entry(1, "a"), new Outcome.Rejected<>(Reason.BUSY, "at 0x88"), true));
    assertThat(after(entry(1, "a"), OK, false))
        .isEqualTo(after(entry(1, "a"), new Outcome.Ok<>("5", 1), false));
  }

  @Test
  @DisplayName("is not the same soon again once it was another")
  void remembersAll() {
    var one = chain();
    var other = chain();
    one.add(entry(1, "a"), OK, true);
    other.add(entry(1, "b"), OK, true);

    for (int index = 2; index < 100; index++) {
      one.add(entry(index, "c"), OK, true);
      other.add(entry(index, "c"), OK, true);
      assertThat(one.at(index)).isPresent().isNotEqualTo(other.at(index));
    }
  }

  @Test
  @DisplayName("is remembered for the newest entries")
  void remembered() {
    var chain = chain();
    var all = new ArrayList<Long>();
    all.add(0L);
    for (int index = 1; index <= 3 * DigestChain.REMEMBERED; index++) {
      chain.add(entry(index, "c"), OK, true);
      all.add(chain.at(index).orElseThrow());

      int first = Math.max(1, index - DigestChain.REMEMBERED + 1);
      assertThat(chain.at(index)).hasValue(all.get(index));
      assertThat(chain.at((first + index) / 2)).hasValue(all.get((first + index) / 2));
      assertThat(chain.at(first)).hasValue(all.get(first));
      assertThat(chain.at(first - 1)).isEmpty();
      assertThat(chain.at(index + 1)).isEmpty();
    }
  }

  @Test
  @DisplayName("goes on from a snapshot")
  void restored() {
    var one = chain();
    for (int index = 1; index <= 50; index++) {
      one.add(entry(index, "c"), OK, true);
    }
    var other = chain();
    other.restore(50, one.keep());

    for (int index = 51; index <= 100; index++) {
      one.add(entry(index, "c"), OK, true);
      other.add(entry(index, "c"), OK, true);
    }

    for (int index = 50; index <= 100; index++) {
      assertThat(other.at(index)).isEqualTo(one.at(index));
    }
    assertThat(other.at(49)).isEmpty();
  }

  @Test
  @DisplayName("covers two blocks: what was before that makes no difference any more")
  void blocks() {
    var one = chain();
    var other = chain();
    other.add(entry(1, "another"), OK, true);
    one.add(entry(1, "c"), OK, true);
    for (int index = 2; index < 3 * BLOCK; index++) {
      one.add(entry(index, "c"), OK, true);
      other.add(entry(index, "c"), OK, true);

      assertThat(one.at(index).equals(other.at(index))).isEqualTo(index >= 2 * BLOCK);
    }
  }

  @Test
  @DisplayName("of another version of the machine is not comparable, but two blocks later it is")
  void upgraded() {
    var one = chain();
    for (int index = 1; index <= 50; index++) {
      one.add(entry(index, "c"), OK, true);
    }
    var upgraded = new DigestChain(2, BLOCK);
    upgraded.restore(50, one.keep());
    var founder = new DigestChain(2, BLOCK);
    founder.restore(50, one.keep());
    founder.add(entry(51, "c"), new Outcome.Ok<>("another", 1), true);
    upgraded.add(entry(51, "c"), OK, true);

    for (int index = 52; index < 3 * BLOCK; index++) {
      founder.add(entry(index, "c"), OK, true);
      upgraded.add(entry(index, "c"), OK, true);
      if (index < 2 * BLOCK) {
        assertThat(upgraded.at(index)).isEmpty();
      } else {
        assertThat(upgraded.at(index)).isPresent().isEqualTo(founder.at(index));
      }
    }
  }

  private static DigestChain chain() {
    return new DigestChain(1, BLOCK);
  }

  private static long after(Entry entry, Outcome<Object> outcome, boolean isFresh) {
    var chain = chain();
    chain.add(entry, outcome, isFresh);
    return chain.at(entry.index()).orElseThrow();
  }

  private static Entry entry(long index, String payload) {
    return new Entry(index, new Term(1), EntryKind.COMMAND, Bytes.utf8(payload));
  }
}
