package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.RealDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A node's log in a real directory, with its threads")
class NodeLogRealDiskTest {

  private static final GroupId GROUP = new GroupId("counter");

  @TempDir Path directory;

  private final WriterThread writer = new WriterThread("test-log-writer", 0);
  private final ExecutorService reader = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    writer.close();
    reader.shutdownNow();
  }

  @Test
  @DisplayName("what was reported durable is there after a restart, under the same identity")
  void durableEntriesAreThereAfterARestart() throws Exception {
    var log = open();
    GroupLog group = log.group(GROUP);
    var durable = new CompletableFuture<Long>();
    group.save(Bytes.utf8("term 3, vote s2"));
    long ticket = group.append(List.of(entry(1), entry(2), entry(3)));
    group.listener(new Completing(ticket, durable));
    group.append(List.of(entry(4)));
    durable.get(60, TimeUnit.SECONDS);
    var store = log.storeId();
    log.close();

    var again = open();

    assertThat(again.storeId()).isEqualTo(store);
    assertThat(again.groups()).containsExactly(GROUP);
    GroupLog recovered = again.group(GROUP);
    assertThat(recovered.last()).isEqualTo(new LogPosition(4, new Term(1)));
    assertThat(recovered.saved()).contains(Bytes.utf8("term 3, vote s2"));
    var read = new CompletableFuture<GroupLog.ReadResult>();
    recovered.read(1, 4, read::complete);
    assertThat(read.get(60, TimeUnit.SECONDS))
        .isEqualTo(
            new GroupLog.ReadResult.Entries(List.of(entry(1), entry(2), entry(3), entry(4))));
    again.close();
  }

  @Test
  @DisplayName("a directory in use is refused")
  void aDirectoryInUseIsRefused() throws Exception {
    try (var log = open()) {
      assertThat(log.groups()).isEmpty();

      assertThatThrownBy(this::open)
          .isInstanceOf(LogException.class)
          .hasMessageContaining("open in this process already");
    }
  }

  private NodeLog open() throws java.io.IOException {
    return NodeLog.open(
        RealDisk.at(directory), LogSettings.STANDARD, writer, reader, new Random(1));
  }

  private static Entry entry(long index) {
    return new Entry(index, new Term(1), EntryKind.COMMAND, Bytes.utf8("command " + index));
  }

  private record Completing(long ticket, CompletableFuture<Long> done)
      implements GroupLog.Listener {
    @Override
    public void durable(long durableTicket) {
      if (durableTicket >= ticket) {
        done.complete(durableTicket);
      }
    }

    @Override
    public void failed(LogFailure failure) {
      done.completeExceptionally(new LogException(failure));
    }
  }
}
