package dev.synod.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogStore;
import dev.synod.log.MemorySettings;
import dev.synod.log.MemoryStore;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A store in memory")
class MemoryStoreTest extends LogStoreContract {

  private final Random random = new Random(3);
  private LogStore store = open();

  @Override
  protected LogStore store() {
    return store;
  }

  @Override
  protected void settle(GroupLog log) {
    assertThat(log.durableTicket()).isEqualTo(log.lastTicket());
  }

  @Override
  protected <T> T await(CompletableFuture<T> answer) {
    return answer.join();
  }

  @Override
  protected boolean reopen() {
    store.close();
    store = open();
    return false;
  }

  @Test
  @DisplayName("calls a group busy above its bound, until compaction makes room")
  void isBusyAboveItsBound() {
    var group = store.group(new GroupId("full"));
    for (long index = 1; index <= 11; index++) {
      group.append(
          List.of(
              new Entry(index, new Term(1), EntryKind.COMMAND, Bytes.wrap(new byte[1_000 - 88]))));
      assertThat(group.isBusy()).isEqualTo(index > 10);
    }

    group.compactTo(new LogPosition(1, new Term(1)));

    assertThat(group.isBusy()).isFalse();
    assertThat(store.group(new GroupId("other")).isBusy()).isFalse();
  }

  private LogStore open() {
    return new MemoryStore(StoreId.random(random), new MemorySettings(4_096, 10_000));
  }
}
