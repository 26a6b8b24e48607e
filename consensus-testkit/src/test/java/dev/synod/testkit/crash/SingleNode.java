package dev.synod.testkit.crash;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.core.GroupId;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A simulated machine with the node that ships, the one voter of a Raft group. */
final class SingleNode {

  static final GroupId GROUP = new GroupId("chain");

  /** Segments and snapshots come and go within some dozens of operations. */
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              synod.log {
                segment-bytes = 12 KiB
                entry-bytes-max = 8 KiB
                batch-bytes-max = 8 KiB
                copied-bytes-max = 512
                relocated-bytes-per-pass-max = 4 KiB
              }
              synod.raft {
                snapshot-after-entries = 50
                snapshot-tail-entries = 10
              }
              """)
          .withFallback(GroupSettings.smallLogs());

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world;
  private @Nullable GroupRef<String, String> group;

  SingleNode(long seed) {
    world = new World(seed, 1, CONFIG, this::start);
  }

  private void start(Machine machine) {
    var described = Group.of(GROUP.name(), Chain::new).using(Raft.protocol()).on(Nodes.members(1));
    group = Nodes.start(machine).start(described);
  }

  Machine machine() {
    return world.machine("n1");
  }

  Engine engine() {
    return world.engine();
  }

  GroupRef<String, String> group() {
    return Objects.requireNonNull(group, () -> "the node never ran: " + machine().trouble());
  }

  void until(String what, BooleanSupplier condition) {
    if (!engine().runUntil(condition, PATIENCE)) {
      throw new AssertionError("not within " + PATIENCE + ": " + what);
    }
  }

  <T> T await(String what, CompletionStage<T> stage) {
    var answer = stage.toCompletableFuture();
    until(what, answer::isDone);
    return answer.join();
  }
}
