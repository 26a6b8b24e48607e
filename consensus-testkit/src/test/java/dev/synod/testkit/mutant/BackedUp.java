package dev.synod.testkit.mutant;

import dev.synod.actors.Backup;
import dev.synod.actors.Change;
import dev.synod.core.Outcome;
import dev.synod.log.LogException;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.raft.Raft;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.Total;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.invariant.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Three members under load, one of them behind at times, and applications on two other machines. A
 * backup is written; afterwards one of the applications opens its session. All members lose their
 * disks and are restored. An application that was cut off before it had its answer goes on asking
 * all the time.
 */
final class BackedUp {

  /** All that was acknowledged before the backup was asked for is in it. */
  static final String HOLDS = "a backup holds what was acknowledged before";

  /** Its state is that of the entry that it names, and each request counts once. */
  static final String EQUALS = "a restored group goes on from the entry of its backup";

  /** A changed byte anywhere in the file is noticed. */
  static final String CHECKED = "a damaged backup is refused";

  private static final String GROUP = "total";
  private static final String WAITING = "n4";
  private static final String LATE = "n5";
  private static final List<String> MEMBERS = List.of("n1", "n2", "n3");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DAMAGED = 10;

  private record Added(long value, CompletableFuture<Outcome<Long>> outcome) {}

  private final Simulation simulation;
  private final SimulatedGroup<Long, Long> total;
  private final Draw draw;
  private final MemoryDisk shelf;
  private final List<Added> all = new ArrayList<>();
  private long expected;

  BackedUp(long seed, Profile profile, GroupSettings settings) {
    this.simulation = new Simulation(seed, settings.nodes(), profile, settings.config());
    this.total = simulation.start(GROUP, settings.founders(), Total::new, Raft.protocol());
    this.draw = Draw.of(seed, "backed up");
    this.shelf = new MemoryDisk(draw);
  }

  /** What was broken. */
  Optional<Violation> run() {
    try {
      return course();
    } catch (AssertionError | RuntimeException e) {
      return simulation.violation().or(() -> Optional.of(broken(EQUALS, String.valueOf(e))));
    }
  }

  private Optional<Violation> course() {
    load(MEMBERS, 10);
    load(List.of(WAITING), 1);
    finished();
    var waits = cutOffWhileItAsks();
    var file = new SnapshotFile(shelf, "backup");
    var behind = MEMBERS.get(draw.nextInt(MEMBERS.size()));
    partOff(behind + "|" + WAITING);
    var others = MEMBERS.stream().filter(node -> !node.equals(behind)).toList();
    load(others, 10);
    finished();
    partOff(WAITING);
    long acknowledged = lastIndex();
    load(others, 5);
    var written = simulation.backUp(behind, GROUP, file).toCompletableFuture();
    load(others, 5);
    simulation.eventually("a backup", written::isDone, PATIENCE);
    finished();
    var backup = written.join();
    if (backup.index() < acknowledged) {
      return Optional.of(
          broken(HOLDS, backup + ", but %d was acknowledged".formatted(acknowledged)));
    }
    expected = sumUpTo(backup);
    load(others, draw.nextInt(3));
    load(List.of(LATE), 1);
    finished();
    return damage(file).or(() -> restored(file, waits));
  }

  /** A request of which nobody knows yet whether it arrived. */
  private Added cutOffWhileItAsks() {
    var waits = add(WAITING);
    simulation.advance(Duration.ofMillis(draw.nextInt(20)));
    partOff(WAITING);
    return waits;
  }

  private Optional<Violation> restored(SnapshotFile file, Added waits) {
    MEMBERS.forEach(simulation::crash);
    MEMBERS.forEach(node -> simulation.apply(new Fault.Wipe(node)));
    simulation.restores(GROUP, file);
    MEMBERS.forEach(simulation::restart);
    simulation.world().network().links().mendAll();
    simulation.eventually("an answer", waits.outcome()::isDone, PATIENCE);
    if (!(waits.outcome().join() instanceof Outcome.Ok)) {
      throw new AssertionError("a request that waited: " + waits.outcome().join());
    }
    expected += waits.value();
    MEMBERS.forEach(this::ask);
    askInLostSession();
    MEMBERS.forEach(this::ask);
    askInLostSession();
    ask(LATE);
    simulation.crash("n1");
    ask("n2");
    simulation.restart("n1");
    simulation.crash(LATE);
    simulation.restart(LATE);
    var admin = total.on("n2").admin();
    long seen = simulation.await(admin.configuration()).version();
    simulation.await(admin.change(seen, Change.add(simulation.member(LATE))));
    simulation.crash("n2");
    ask("n3");
    ask(LATE);
    return simulation.violation();
  }

  /** One byte is changed, here and there; then the file is as it was. */
  private Optional<Violation> damage(SnapshotFile file) {
    try (var bytes = shelf.open("backup")) {
      for (int i = 0; i < DAMAGED; i++) {
        long at = draw.nextLong(bytes.size());
        var found = ByteBuffer.allocate(1);
        bytes.read(found, at);
        byte was = found.get(0);
        bytes.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {(byte) (was ^ 4)})}, 1, at);
        if (isIntact(file)) {
          return Optional.of(broken(CHECKED, "with byte " + at + " changed it was accepted"));
        }
        bytes.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {was})}, 1, at);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isIntact(SnapshotFile file) {
    try {
      file.checked();
      return true;
    } catch (LogException e) {
      return false;
    }
  }

  private void load(List<String> nodes, int times) {
    for (int i = 0; i < times; i++) {
      all.add(add(nodes.get(draw.nextInt(nodes.size()))));
      simulation.advance(Duration.ofMillis(draw.nextInt(5)));
    }
  }

  private Added add(String node) {
    long value = 1 + draw.nextLong(1_000);
    return new Added(value, total.on(node).propose(value).toCompletableFuture());
  }

  private void finished() {
    simulation.eventually(
        "answers", () -> all.stream().allMatch(one -> one.outcome().isDone()), PATIENCE);
  }

  /** These machines hear nobody, and the others each other. */
  private void partOff(String alone) {
    simulation.world().network().links().mendAll();
    var others = simulation.world().names().stream().filter(node -> !alone.contains(node)).toList();
    simulation.partition(alone + " | " + String.join(",", others));
  }

  private long lastIndex() {
    return all.stream().mapToLong(one -> ok(one).index()).max().orElse(0);
  }

  private long sumUpTo(Backup backup) {
    return all.stream()
        .filter(one -> ok(one).index() <= backup.index())
        .mapToLong(Added::value)
        .sum();
  }

  private static Outcome.Ok<Long> ok(Added added) {
    if (added.outcome().join() instanceof Outcome.Ok<Long> ok) {
      return ok;
    }
    throw new AssertionError("a request under load: " + added.outcome().join());
  }

  private void ask(String node) {
    long value = 1 + draw.nextLong(1_000);
    var outcome = simulation.await(total.on(node).propose(value));
    if (!(outcome instanceof Outcome.Ok<Long> ok)) {
      throw new AssertionError(node + " added, and got " + outcome);
    }
    long answer = ok.reply();
    expected += value;
    check(node, value, answer);
  }

  /** Its session is gone, so nothing is done; the client may only be unable to know that. */
  private void askInLostSession() {
    var added = add(LATE);
    if (simulation.await(added.outcome()) instanceof Outcome.Ok<Long> ok) {
      expected += added.value();
      check(LATE, added.value(), ok.reply());
    }
  }

  private void check(String node, long value, long answer) {
    if (answer != expected) {
      throw new AssertionError(
          "%s added %d, and was answered %d, not %d".formatted(node, value, answer, expected));
    }
  }

  private Violation broken(String what, String text) {
    return new Violation(what, text, simulation.world().engine().nanoTime());
  }
}
