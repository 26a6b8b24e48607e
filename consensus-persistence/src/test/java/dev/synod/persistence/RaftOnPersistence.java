package dev.synod.persistence;

import static dev.synod.persistence.Database.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Storage;
import dev.synod.core.GroupId;
import dev.synod.core.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A Raft group of three, each with its store in that data base. */
abstract class RaftOnPersistence {

  private static final GroupId GROUP = new GroupId("adder");
  private static final Config OFTEN =
      ConfigFactory.parseString(
          "synod.raft { snapshot-after-entries = 200, snapshot-tail-entries = 10 }");

  private final Database database;
  private boolean created;

  RaftOnPersistence(Database database) {
    this.database = database;
  }

  @Test
  @DisplayName("keeps what was acknowledged when all nodes stop and start again, snapshots and all")
  void survivesARestart() {
    try (var nodes = start()) {
      var group = adder(nodes);
      assertThat(add(group.get(1), 500)).isEqualTo(500);
      TestProbe.<Void>create(nodes.system())
          .awaitAssert(
              Duration.ofMinutes(1),
              Duration.ofMillis(20),
              () ->
                  assertThat(List.of(0, 1, 2)).allMatch(node -> snapshotIndex(nodes, node) > 200));
    }

    try (var nodes = start()) {
      var group = adder(nodes);
      assertThat(done(group.get(2).read(0L, Read.linearizable()))).isEqualTo(500);
      assertThat(List.of(0, 1, 2)).anyMatch(node -> snapshotIndex(nodes, node) > 200);
    }
  }

  @Test
  @DisplayName("keeps what was acknowledged when all nodes crash in the middle of writing")
  void survivesACrash() {
    long acknowledged = 0;
    for (int round = 1; round <= 3; round++) {
      var nodes = start();
      var group = adder(nodes);
      var before = done(group.get(0).read(0L, Read.linearizable()));
      assertThat(before).isGreaterThanOrEqualTo(acknowledged);
      acknowledged = add(group.get(0), 100);
      for (int i = 0; i < 50; i++) {
        group.get(1).ask(1L);
      }
      nodes.crash();
    }

    try (var nodes = start()) {
      var sum = done(adder(nodes).get(0).read(0L, Read.linearizable()));
      assertThat(sum).isBetween(acknowledged, acknowledged + 50);
    }
  }

  private static long snapshotIndex(LocalNodes nodes, int node) {
    return done(nodes.node(node).status(GROUP)).orElseThrow().snapshotIndex();
  }

  private LocalNodes start() {
    var nodes = new LocalNodes(OFTEN.withFallback(database.config()), Path.of("unused"));
    if (!created) {
      database.create(nodes.system());
      created = true;
    }
    return nodes;
  }

  static List<GroupRef<Long, Long>> adder(LocalNodes nodes) {
    return nodes.start(GROUP.name(), Adder::new, RaftOnPersistence::storage);
  }

  static Storage storage(String node) {
    return PersistentStorage.with(PersistenceStoreContract.settings(node));
  }

  /** Adds 1 so many times, all under way at once; what all of them come to. */
  static long add(GroupRef<Long, Long> group, int times) {
    var all = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < times; i++) {
      all.add(group.ask(1L).toCompletableFuture());
    }
    return all.stream().mapToLong(Database::done).max().orElseThrow();
  }
}
