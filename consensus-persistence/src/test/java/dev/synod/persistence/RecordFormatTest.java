package dev.synod.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.persistence.JournalRecord.Appended;
import dev.synod.persistence.JournalRecord.Compacted;
import dev.synod.persistence.JournalRecord.Described;
import dev.synod.persistence.JournalRecord.Saved;
import dev.synod.persistence.JournalRecord.Truncated;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A record of the journal")
class RecordFormatTest {

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(4, new Term(2), EntryKind.COMMAND, Bytes.utf8("four")),
          new Entry(5, new Term(3), EntryKind.NO_OP, Bytes.EMPTY));

  static Stream<JournalRecord> records() {
    return Stream.of(
        new Appended(ENTRIES),
        new Truncated(7),
        new Saved(Bytes.utf8("term and vote")),
        new Described(Bytes.utf8("how it was founded")),
        new Compacted(
            new LogPosition(3, new Term(2)),
            Optional.of(Bytes.utf8("term and vote")),
            Optional.empty(),
            ENTRIES));
  }

  @ParameterizedTest
  @MethodSource("records")
  @DisplayName("is read back as it was written")
  void readsBack(JournalRecord record) {
    assertThat(RecordFormat.decode(RecordFormat.encode(record), "here")).isEqualTo(record);
  }

  @ParameterizedTest
  @MethodSource("records")
  @DisplayName("is refused with its place if a byte of it differs or its end is missing")
  void refusesDamage(JournalRecord record) {
    byte[] intact = RecordFormat.encode(record);
    for (int i = 0; i < intact.length; i++) {
      byte[] damaged = intact.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> RecordFormat.decode(damaged, "journal of g"))
          .isInstanceOf(LogException.class)
          .hasMessageContaining("journal of g");
      byte[] torn = Arrays.copyOf(intact, i);
      assertThatThrownBy(() -> RecordFormat.decode(torn, "journal of g"))
          .isInstanceOf(LogException.class);
    }
  }

  @Test
  @DisplayName("keeps its format: what was stored stays readable")
  void keepsItsFormat() {
    byte[] stored = RecordFormat.encode(new Appended(ENTRIES));

    assertThat(HexFormat.of().formatHex(stored))
        .isEqualTo(
            "0101"
                + "00b7ad9c"
                + "00000002"
                + "0000000000000004000000000000000201"
                + "00000004666f7572"
                + "0000000000000005000000000000000300"
                + "00000000");
  }

  @Test
  @DisplayName("of a later format is refused as such")
  void refusesALaterFormat() {
    byte[] later = RecordFormat.encode(new Truncated(1));
    later[0] = 2;

    assertThatThrownBy(() -> RecordFormat.decode(later, "here"))
        .isInstanceOfSatisfying(
            LogException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(LogFailure.Kind.UNKNOWN_FORMAT));
  }

  @Test
  @DisplayName("is followed by snapshots in a frame of the same kind")
  void snapshots() {
    var group = new GroupId("g");
    var snapshot =
        new Snapshot(group, new LogPosition(9, new Term(4)), Bytes.utf8("voters"), 5, "here");
    byte[] stored = SnapshotFormat.encode(snapshot, Bytes.utf8("state"));

    var read = SnapshotFormat.decode(group, stored, "here");

    assertThat(read.snapshot()).isEqualTo(snapshot);
    assertThat(read.body()).isEqualTo(Bytes.utf8("state"));
    stored[stored.length - 1]++;
    assertThatThrownBy(() -> SnapshotFormat.decode(group, stored, "here"))
        .isInstanceOf(LogException.class);
  }
}
