package dev.synod.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.log.GroupLog;
import dev.synod.log.LogSettings;
import dev.synod.log.LogStore;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The node's log as a store")
class NodeLogStoreTest extends LogStoreContract {

  private static final LogSettings SMALL =
      new LogSettings(4096, 2048, 1024, 16, 0, 256, 8192, 4096, 1024, 50, 1, 1024, 2);

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Random random = new Random(7);
  private final MemoryDisk disk = new MemoryDisk(random);
  private LogStore store = open();

  @Override
  protected LogStore store() {
    return store;
  }

  @Override
  protected void settle(GroupLog log) {
    runAll();
    assertThat(log.durableTicket()).isEqualTo(log.lastTicket());
  }

  @Override
  protected <T> T await(CompletableFuture<T> answer) {
    runAll();
    return answer.join();
  }

  @Override
  protected boolean reopen() {
    store.close();
    tasks.clear();
    store = open();
    return true;
  }

  private LogStore open() {
    return NodeLog.open(disk, SMALL, tasks::add, tasks::add, random);
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
