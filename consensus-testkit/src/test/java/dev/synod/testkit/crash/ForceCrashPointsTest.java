package dev.synod.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.QuorumLoss;
import dev.synod.actors.node.QuorumLoss.Forced;
import dev.synod.core.GroupId;
import dev.synod.core.Read;
import dev.synod.log.LogException;
import dev.synod.log.SegmentFiles;
import dev.synod.log.disk.Cut;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("A configuration that is being forced, with a crash at every call to the disk")
class ForceCrashPointsTest {

  private static final long SEED = 7;
  private static final int COMMANDS = 30;
  private static final GroupId GROUP = new GroupId("chain");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> FOLDERS =
      List.of("", SegmentFiles.FOLDER, FileSnapshots.FOLDER + "/" + GROUP.name());

  /** What a crash left: who the members are, in which generation; empty if it is damaged. */
  private record Left(int generation, int members) {

    static Left of(Forced looked) {
      return new Left(looked.generation() - 1, looked.before().members().size());
    }
  }

  private static final Left UNTOUCHED = new Left(0, 3);
  private static final Left FENCED = new Left(1, 3);
  private static final Left FORCED = new Left(1, 1);

  private final List<String> commands = new ArrayList<>();

  @Test
  @DisplayName("is forced or not, but never without its incarnation, and can be forced once more")
  void neverHalf() {
    var survivor = survivor();
    var points = new ArrayList<CrashPoint>();
    var disk = survivor.fork(new Draw(1));
    disk.hook((operation, file) -> points.add(at(operation + " of " + file, disk, 0)));
    force(disk);
    points.add(at("the end", disk, 1));

    var left = new HashSet<Left>();
    var seen = new HashSet<DiskImage>();
    int refused = 0;
    for (CrashPoint point : points) {
      for (Cut cut : point.disk().cuts()) {
        var crashed = point.disk().fork(new Draw(1));
        crashed.crash(cut);
        if (!seen.add(DiskImage.of(crashed, FOLDERS, point.acknowledged()))) {
          continue;
        }
        var what = "before %s, %s".formatted(point.call(), cut);
        var found = look(crashed, cut);
        if (found.isEmpty()) {
          refused++;
          continue;
        }
        left.add(found.get());
        assertThat(found.get())
            .as(what)
            .isIn(point.acknowledged() == 1 ? List.of(FORCED) : List.of(UNTOUCHED, FENCED, FORCED));
        goesOn(crashed, found.get(), what);
      }
    }

    System.out.printf(
        "crash points of a forced configuration: %d calls, %d different disks, %d refused%n",
        points.size(), seen.size(), refused);
    assertThat(left).contains(UNTOUCHED, FORCED);
    assertThat(refused).as("refused disks").isLessThan(seen.size() / 2);
  }

  /** One disk of a group of three that has done something, after a power failure. */
  private MemoryDisk survivor() {
    var world = new Trio();
    world.world.bootAll();
    for (int number = 1; number <= COMMANDS; number++) {
      commands.add(number + " " + "x".repeat(number * 7));
      world.await(world.group("n1").ask(commands.get(number - 1)));
    }
    world.world.engine().runFor(Duration.ofSeconds(1));
    world.world.machines().forEach(machine -> machine.crash(MemoryDisk.Tear.ALL_KEPT));
    return world.world.machine("n1").disk().memory();
  }

  private static CrashPoint at(String call, MemoryDisk disk, int returned) {
    return new CrashPoint(call, disk.fork(new Draw(1)), 0, returned);
  }

  private static Optional<Left> look(MemoryDisk disk, Cut cut) {
    try {
      return Optional.of(Left.of(tool().look(disk.fork(new Draw(1)), GROUP, Raft.protocol())));
    } catch (LogException e) {
      assertThat(cut.fate())
          .as("damage of a sound device: %s", e.getMessage())
          .isEqualTo(Cut.Fate.GARBLED);
      return Optional.empty();
    }
  }

  /** Whoever sees it half done does it again, and the group serves all that it had. */
  private void goesOn(MemoryDisk disk, Left left, String what) {
    if (!left.equals(FORCED)) {
      force(disk);
    }
    var trio = new Trio();
    trio.world.machine("n1").replaceDisk(disk);
    trio.world.machine("n1").boot();

    var states = Chain.replay(commands);
    assertThat(trio.await(trio.group("n1").read("", Read.linearizable())))
        .as(what)
        .isEqualTo(states.get(COMMANDS));
  }

  private static void force(MemoryDisk disk) {
    tool().force(disk, GROUP, Raft.protocol());
  }

  private static QuorumLoss tool() {
    var config = GroupSettings.smallLogs().getConfig("synod");
    return new QuorumLoss(ConsensusSettings.from(config).log(), new Random(SEED));
  }

  /** Three machines and the group's front on each. */
  private static final class Trio {

    final World world;
    private final Map<String, GroupRef<String, String>> groups = new HashMap<>();

    Trio() {
      world = new World(SEED, 3, GroupSettings.smallLogs(), this::start);
    }

    private void start(Machine machine) {
      var described = Group.of(GROUP.name(), Chain::new).using(Raft.protocol());
      groups.put(machine.name(), Nodes.start(machine).start(described.on(Nodes.members(3))));
    }

    GroupRef<String, String> group(String node) {
      return Objects.requireNonNull(
          groups.get(node), () -> world.machine(node).trouble().toString());
    }

    <T> T await(CompletionStage<T> stage) {
      var answer = stage.toCompletableFuture();
      assertThat(world.engine().runUntil(answer::isDone, PATIENCE))
          .as("an answer in time")
          .isTrue();
      return answer.join();
    }
  }
}
