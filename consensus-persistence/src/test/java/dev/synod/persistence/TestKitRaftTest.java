package dev.synod.persistence;

import static dev.synod.persistence.Database.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.GroupId;
import dev.synod.core.Read;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Raft in journals in memory")
class TestKitRaftTest {

  private static final GroupId GROUP = new GroupId("adder");

  @TempDir Path folder;

  @Test
  @DisplayName("is backed up, and restored into empty journals")
  void backedUp() {
    var file = folder.resolve("adder.backup");
    try (var nodes = new LocalNodes(TestKitStoreTest.config(), Path.of("unused"))) {
      var group = RaftOnPersistence.adder(nodes);
      assertThat(RaftOnPersistence.add(group.get(0), 10)).isEqualTo(10);
      assertThat(done(nodes.node(1).backUp(GROUP, file)).group()).isEqualTo(GROUP);
      assertThat(RaftOnPersistence.add(group.get(0), 10)).isEqualTo(20);
    }

    try (var nodes = new LocalNodes(TestKitStoreTest.config(), Path.of("unused"))) {
      var group = nodes.restore("adder", Adder::new, RaftOnPersistence::storage, file);
      assertThat(RaftOnPersistence.add(group.get(2), 5)).isEqualTo(15);
    }
  }

  @Test
  @DisplayName("goes on without the replica whose journal has failed, which takes no part any more")
  void oneJournalFails() {
    try (var nodes = new LocalNodes(TestKitStoreTest.config(), Path.of("unused"))) {
      var group = RaftOnPersistence.adder(nodes);
      assertThat(RaftOnPersistence.add(group.get(0), 10)).isEqualTo(10);
      var failing = done(nodes.node(1).status(GROUP)).orElseThrow().self();
      var id = "synod|n2|%s|log|%s".formatted(GROUP, failing.store().uuid());

      PersistenceTestKit.create(nodes.system()).failNextPersisted(id);
      assertThat(RaftOnPersistence.add(group.get(0), 10)).isEqualTo(20);

      TestProbe.<Void>create(nodes.system())
          .awaitAssert(
              Duration.ofSeconds(30),
              Duration.ofMillis(10),
              () ->
                  assertThat(done(nodes.node(1).status(GROUP)).orElseThrow().trouble().orElse(""))
                      .contains("journal"));
      assertThat(done(group.get(2).read(0L, Read.linearizable()))).isEqualTo(20);
    }
  }
}
