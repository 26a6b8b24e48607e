package dev.synod.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogStore;
import dev.synod.testkit.store.LogStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pekko's own journal in memory, which fails when it is told to. */
@DisplayName("A store in a journal in memory")
class TestKitStoreTest extends LogStoreContract {

  private static final GroupId GROUP = new GroupId("failing");
  private static final Term TERM = new Term(1);

  private final ActorSystem<Void> system =
      ActorSystem.create(Behaviors.empty(), "testkit", config());
  private final PersistenceTestKit journal = PersistenceTestKit.create(system);
  private LogStore store = open();

  /** With the journal and the snapshot store of Pekko's testkit. */
  static Config config() {
    return ConfigFactory.parseString("pekko.loglevel = OFF\nsynod.meters = off")
        .withFallback(PersistenceTestKitPlugin.config())
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  @AfterEach
  void terminate() {
    store.close();
    system.terminate();
    Database.done(system.getWhenTerminated());
  }

  @Override
  protected LogStore store() {
    return store;
  }

  /** The journal answers from threads of its own: asked again and again, for a bounded time. */
  @Override
  protected void settle(GroupLog log) {
    TestProbe.<Void>create(system)
        .awaitAssert(
            Duration.ofSeconds(30),
            Duration.ofMillis(2),
            () -> assertThat(log.durableTicket()).isEqualTo(log.lastTicket()));
  }

  @Override
  protected <T> T await(CompletableFuture<T> answer) {
    return Database.done(answer);
  }

  @Override
  protected boolean reopen() {
    store.close();
    store = open();
    return true;
  }

  @Test
  @DisplayName("never tries a failed write again: what came after it is lost, too, and says so")
  void failedWrite() {
    var log = withOneEntry();
    var failure = failureOf(log);
    long confirmed = log.durableTicket();
    journal.failNextPersisted(idOf(GROUP, "log"));

    log.append(List.of(entry(2)));
    assertThat(await(failure).message()).contains("group failing", "restart the node");
    log.append(List.of(entry(3)));

    assertThat(log.durableTicket()).isEqualTo(confirmed);
    assertHoldsOneEntryOnceReopened();
  }

  @Test
  @DisplayName("ends with an event that the journal refused, since a log can't have a hole")
  void refusedWrite() {
    var log = withOneEntry();
    var failure = failureOf(log);
    long confirmed = log.durableTicket();
    journal.rejectNextPersisted(idOf(GROUP, "log"));

    log.append(List.of(entry(2)));
    assertThat(await(failure).message()).contains("group failing", "refused");
    log.append(List.of(entry(3)));

    assertThat(log.durableTicket()).isEqualTo(confirmed);
    assertHoldsOneEntryOnceReopened();
  }

  @Test
  @DisplayName("does not open a group whose journal can't be read")
  void unreadable() {
    settle(withOneEntry());
    store.close();
    store = open();
    journal.failNextRead(idOf(GROUP, "log"));

    assertThatThrownBy(() -> store.group(GROUP))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  @DisplayName("keeps the snapshot before when the next one can't be stored")
  void failedSnapshot() {
    takeSnapshot(1);
    SnapshotTestKit.create(system).failNextPersisted(idOf(GROUP, "state"));

    assertThatThrownBy(() -> takeSnapshot(2)).isInstanceOf(LogException.class);

    assertThat(newestSnapshot()).isEqualTo(1);
    takeSnapshot(3);
    assertThat(newestSnapshot()).isEqualTo(3);
  }

  @Test
  @DisplayName("takes nothing from a store of the same name whose identity is lost")
  void anotherIdentity() {
    settle(withOneEntry());
    takeSnapshot(1);
    var before = store.storeId();
    store.close();
    journal.clearByPersistenceId("synod|n1|store");

    store = open();

    assertThat(store.storeId()).isNotEqualTo(before);
    assertThat(store.group(GROUP).last()).isEqualTo(LogPosition.ZERO);
    assertThat(store.snapshots(GROUP).newest(LogPosition.ZERO, damage -> {})).isEmpty();
  }

  private GroupLog withOneEntry() {
    var log = store.group(GROUP);
    log.append(List.of(entry(1)));
    settle(log);
    return log;
  }

  private void assertHoldsOneEntryOnceReopened() {
    reopen();
    var again = store.group(GROUP);
    assertThat(again.last().index()).isEqualTo(1);
    again.append(List.of(entry(2)));
    settle(again);
  }

  private void takeSnapshot(long index) {
    try (var writer = store.snapshots(GROUP).begin(new LogPosition(index, TERM), Bytes.EMPTY)) {
      writer.append(Bytes.utf8("state " + index));
      writer.commit();
    }
  }

  private long newestSnapshot() {
    return store
        .snapshots(GROUP)
        .newest(LogPosition.ZERO, damage -> {})
        .orElseThrow()
        .position()
        .index();
  }

  private LogStore open() {
    return PersistenceStore.open(system, PersistenceStoreContract.settings("n1"));
  }

  private String idOf(GroupId group, String part) {
    return "synod|n1|%s|%s|%s".formatted(group.name(), part, store.storeId().uuid());
  }

  private static CompletableFuture<LogFailure> failureOf(GroupLog log) {
    var failure = new CompletableFuture<LogFailure>();
    log.listener(new Failing(failure));
    return failure;
  }

  private static Entry entry(long index) {
    return new Entry(index, TERM, EntryKind.COMMAND, Bytes.utf8("entry " + index));
  }
}
