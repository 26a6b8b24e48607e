package dev.synod.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.log.SegmentFiles;
import dev.synod.log.disk.Cut;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.testkit.engine.Draw;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName(
    "A node of one, crashed at every call to its disk, with every tear of what is unsynced")
class NodeCrashPointsTest {

  private static final long SEED = 1;
  private static final int OPERATIONS = 1000;
  private static final List<String> FOLDERS =
      List.of("", SegmentFiles.FOLDER, FileSnapshots.FOLDER + "/" + SingleNode.GROUP.name());

  private final Set<DiskImage> seen = new HashSet<>();
  private int points;
  private int cuts;
  private int refused;

  @Test
  @DisplayName("loses nothing, repeats nothing, keeps term and vote, and serves again")
  void recovers() {
    var script = new Script(SEED, OPERATIONS);
    var recovered = new Recovered(SEED, script.commands());

    script.run(point -> visit(point, recovered));

    System.out.printf(
        "crash points: %d operations, %d calls to the disk, %d tears of them, %d different disks,"
            + " of which %d with a garbled sector were refused as damaged%n",
        OPERATIONS, points, cuts, seen.size(), refused);
    assertThat(points).as("calls").isGreaterThan(OPERATIONS);
    assertThat(cuts).as("tears").isGreaterThan(10 * OPERATIONS);
    assertThat(refused).as("refused disks").isBetween(1, seen.size() / 2);
  }

  private void visit(CrashPoint point, Recovered recovered) {
    points++;
    for (Cut cut : point.disk().cuts()) {
      cuts++;
      MemoryDisk disk = crashed(point, cut);
      if (seen.add(DiskImage.of(disk, FOLDERS, point.acknowledged()))) {
        recover(point, cut, disk, recovered);
      }
    }
  }

  private void recover(CrashPoint point, Cut cut, MemoryDisk disk, Recovered recovered) {
    try {
      if (!recovered.serves(disk, point.acknowledged(), point.issued())) {
        refused++;
        assertThat(cut.fate()).as("what a sound device does is no damage").isEqualTo(GARBLED);
      } else if (cut.equals(NOTHING_KEPT)) {
        recovered.promised();
      }
    } catch (AssertionError e) {
      throw new AssertionError(
          "crash point %d, before %s, %s: %s".formatted(points, point.call(), cut, e.getMessage()),
          e);
    }
  }

  private static final Cut.Fate GARBLED = Cut.Fate.GARBLED;
  private static final Cut NOTHING_KEPT = new Cut(0, 0, Cut.Fate.WRITTEN);

  private static MemoryDisk crashed(CrashPoint point, Cut cut) {
    var disk = point.disk().fork(new Draw(1));
    disk.crash(cut);
    return disk;
  }

  @Test
  @DisplayName("is found out if its device only pretends to have forced what it was given")
  void lyingDevice() {
    var script = new Script(SEED, 100);
    var recovered = new Recovered(SEED, script.commands());
    List<CrashPoint> all = new ArrayList<>();
    script.run(all::add);
    CrashPoint last = all.get(all.size() - 1);
    CrashPoint early = all.get(all.size() / 2);

    assertThatThrownBy(
            () ->
                recovered.serves(crashed(early, NOTHING_KEPT), last.acknowledged(), last.issued()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("commands applied");
  }

  @Test
  @DisplayName("is found out if it forgets its term")
  void forgottenTerm() {
    var script = new Script(SEED, 200);
    var recovered = new Recovered(SEED, script.commands());
    List<CrashPoint> all = new ArrayList<>();
    script.run(all::add);
    CrashPoint last = all.get(all.size() - 1);
    recovered.serves(crashed(last, NOTHING_KEPT), last.acknowledged(), last.issued());
    recovered.promised();

    CrashPoint first = all.get(0);
    assertThatThrownBy(() -> recovered.serves(crashed(first, NOTHING_KEPT), 0, last.issued()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the term");
  }
}
