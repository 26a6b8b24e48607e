package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.MemoryGroupLog;
import dev.synod.log.MemorySettings;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The policy of snapshots")
class SnapshotPolicyTest {

  private static final Term TERM = new Term(1);

  private final MemoryGroupLog log = new MemoryGroupLog(new GroupId("g"), MemorySettings.STANDARD);
  private final SnapshotPolicy policy = new SnapshotPolicy(100, 1_000, 20);

  @Test
  @DisplayName("keeps a tail of entries behind a snapshot (§7)")
  void keepsATail() {
    append(100, 10);

    policy.taken(new LogPosition(90, TERM), log);

    assertThat(log.base().index()).isEqualTo(70);
  }

  @Test
  @DisplayName("keeps no more bytes in the tail than make the next snapshot due")
  void tailIsBoundedInBytes() {
    append(100, 200);

    policy.taken(new LogPosition(90, TERM), log);

    assertThat(log.base().index()).isEqualTo(85);
  }

  @Test
  @DisplayName("keeps at least the snapshot's last entry, however large")
  void keepsOneEntry() {
    append(100, 5_000);

    policy.taken(new LogPosition(90, TERM), log);

    assertThat(log.base().index()).isEqualTo(89);
  }

  @Test
  @DisplayName("leaves a short log alone")
  void leavesAShortLogAlone() {
    append(15, 10);

    policy.taken(new LogPosition(15, TERM), log);

    assertThat(log.base()).isEqualTo(LogPosition.ZERO);
  }

  private void append(int count, int length) {
    var payload = Bytes.wrap(new byte[length]);
    log.append(
        LongStream.rangeClosed(1, count)
            .mapToObj(index -> new Entry(index, TERM, EntryKind.COMMAND, payload))
            .toList());
  }
}
