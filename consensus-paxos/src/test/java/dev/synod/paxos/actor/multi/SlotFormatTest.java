package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.actor.multi.SlotFormat.Kept;
import dev.synod.paxos.actor.multi.SlotFormat.Written;
import dev.synod.paxos.protocol.Ballot;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an acceptor of a log writes")
class SlotFormatTest {

  private static final Ballot BALLOT = new Ballot(7, StoreId.of(3));
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(5, new Term(65), EntryKind.COMMAND, Bytes.utf8("five")),
          new Entry(6, new Term(66), EntryKind.NO_OP, Bytes.EMPTY));
  private static final Kept KEPT = new Kept(BALLOT, 12);
  private static final Written VOTES = new Written(BALLOT, 4, ENTRIES);

  @Test
  @DisplayName("is read back: votes, what was chosen, and its promise")
  void roundTrip() {
    var chosen = new Written(Ballot.ZERO, 6, ENTRIES);

    assertThat(SlotFormat.decode(SlotFormat.encode(VOTES))).isEqualTo(VOTES);
    assertThat(SlotFormat.decode(SlotFormat.encode(chosen))).isEqualTo(chosen);
    for (var kept : List.of(KEPT, new Kept(Ballot.ZERO, 8), Kept.NOTHING)) {
      assertThat(SlotFormat.decodeKept(SlotFormat.encode(kept))).isEqualTo(kept);
    }
  }

  @Test
  @DisplayName("is refused wherever it is cut off")
  void truncated() {
    var whole = SlotFormat.encode(VOTES);
    for (int length = 0; length < whole.length(); length++) {
      var part = whole.part(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SlotFormat.decode(part));
    }
    var promise = SlotFormat.encode(KEPT).part(0, 24);
    assertThatIllegalArgumentException().isThrownBy(() -> SlotFormat.decodeKept(promise));
  }

  @Test
  @DisplayName("is refused if a newer version has written it")
  void version() {
    byte[] bytes = SlotFormat.encode(VOTES).toArray();
    bytes[0] = 2;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SlotFormat.decode(Bytes.wrap(bytes)))
        .withMessageContaining("version 2");
  }
}
