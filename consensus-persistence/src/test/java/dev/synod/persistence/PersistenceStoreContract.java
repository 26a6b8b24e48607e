package dev.synod.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.synod.log.MemorySettings;
import dev.synod.testkit.store.LogStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the adapter must do on any data base. */
abstract class PersistenceStoreContract extends LogStoreContract {

  private static final String NAME = "n1";
  private static final Term TERM = new Term(1);

  private final Database database;
  private final ActorSystem<Void> system;
  private LogStore store;

  /**
   * @param database empty
   */
  PersistenceStoreContract(Database database) {
    this.database = database;
    this.system = ActorSystem.create(Behaviors.empty(), "store", database.config());
    database.create(system);
    this.store = open();
  }

  @AfterEach
  void terminate() {
    store.close();
    system.terminate();
    Database.done(system.getWhenTerminated());
  }

  static PersistenceSettings settings(String storeName) {
    return new PersistenceSettings(
        storeName,
        "",
        "",
        1 << 20,
        1 << 20,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        MemorySettings.STANDARD);
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
  @DisplayName("deletes the events that compaction makes superfluous")
  void deletesWhatIsCompacted() {
    var log = store.group(new GroupId("compacted"));
    for (long index = 1; index <= 50; index++) {
      log.append(List.of(entry(index)));
    }
    settle(log);
    assertThat(database.events("synod|n1|compacted|")).isEqualTo(50);

    log.compactTo(new LogPosition(45, TERM));

    TestProbe.<Void>create(system)
        .awaitAssert(
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            () -> assertThat(database.events("synod|n1|compacted|")).isEqualTo(1));
    reopen();
    var again = store.group(new GroupId("compacted"));
    assertThat(again.base()).isEqualTo(new LogPosition(45, TERM));
    assertThat(again.cached(46, 50))
        .contains(
            LongStream.rangeClosed(46, 50).mapToObj(PersistenceStoreContract::entry).toList());
  }

  @Test
  @DisplayName("confirms nothing more once the journal has failed, and says so")
  void failedJournal() {
    var log = store.group(new GroupId("failing"));
    log.append(List.of(entry(1)));
    settle(log);
    long confirmed = log.durableTicket();
    var failure = new CompletableFuture<LogFailure>();
    log.listener(new Failing(failure));

    database.breakJournal();
    long ticket = log.append(List.of(entry(2)));

    assertThat(await(failure).message()).contains("failing").contains("journal");
    assertThat(log.append(List.of(entry(3)))).isGreaterThan(ticket);
    assertThat(log.durableTicket()).isEqualTo(confirmed);
    assertThat(log.last().index()).isEqualTo(3);
  }

  @Test
  @DisplayName("lets only one of two go on that opened a store of the same name")
  void secondOpener() {
    var group = new GroupId("shared");
    var first = store.group(group);
    var second = open().group(group);

    var failure = new CompletableFuture<LogFailure>();
    second.listener(new Failing(failure));
    first.save(Bytes.utf8("votes for s1"));
    settle(first);
    second.save(Bytes.utf8("votes for s2"));

    assertThat(await(failure).message()).contains("shared");
    assertThat(second.durableTicket()).isLessThan(second.lastTicket());
    reopen();
    assertThat(store.group(group).saved()).contains(Bytes.utf8("votes for s1"));
  }

  @Test
  @DisplayName("says which plugin is missing")
  void missingPlugin() {
    var wrong =
        new PersistenceSettings(
            NAME,
            "no-such-journal",
            "",
            1 << 20,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            MemorySettings.STANDARD);

    assertThatThrownBy(() -> PersistenceStore.open(system, wrong))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("no-such-journal");
  }

  @Test
  @DisplayName("refuses a snapshot over the bound, and keeps the one before")
  void snapshotsAreBounded() {
    var snapshots = store.snapshots(new GroupId("large"));
    try (var writer = snapshots.begin(new LogPosition(1, TERM), Bytes.EMPTY)) {
      writer.append(Bytes.utf8("small"));
      writer.commit();
    }

    try (var writer = snapshots.begin(new LogPosition(2, TERM), Bytes.EMPTY)) {
      writer.append(Bytes.wrap(new byte[(1 << 20) + 1]));
      assertThatThrownBy(writer::commit)
          .isInstanceOf(LogException.class)
          .hasMessageContaining("synod.persistence.snapshot-bytes-max (1048576)");
    }
    assertThat(snapshots.newest(LogPosition.ZERO, damage -> {}).orElseThrow().position().index())
        .isEqualTo(1);
  }

  private LogStore open() {
    return PersistenceStore.open(system, settings(NAME));
  }

  private static Entry entry(long index) {
    return new Entry(index, TERM, EntryKind.COMMAND, Bytes.utf8("entry " + index));
  }
}
