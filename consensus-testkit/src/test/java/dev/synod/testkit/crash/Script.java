package dev.synod.testkit.crash;

import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.engine.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commands of many sizes, a few at a time, with restarts in between so that terms and votes change.
 * Hands over every crash point as it comes.
 */
final class Script {

  private static final int AT_ONCE_MAX = 3;
  private static final int RESTART_EVERY = 125;
  private static final int SMALL_BYTES = 60;
  private static final int LARGE_BYTES = 1500;

  private final SingleNode node;
  private final Draw draw;
  private final List<String> commands = new ArrayList<>();
  private final List<CrashPoint> met = new ArrayList<>();
  private int issued;
  private int acknowledged;

  Script(long seed, int operations) {
    this.node = new SingleNode(seed);
    this.draw = Draw.of(seed, "script");
    for (int number = 1; number <= operations; number++) {
      commands.add(command(number));
    }
  }

  /** All commands, in the order in which they are sent. */
  List<String> commands() {
    return commands;
  }

  /** Hands over every crash point, soon after it was met. */
  void run(Consumer<CrashPoint> visitor) {
    boot();
    while (issued < commands.size()) {
      int from = issued;
      issued = Math.min(commands.size(), from + 1 + (int) draw.nextLong(AT_ONCE_MAX));
      if (issued / RESTART_EVERY > from / RESTART_EVERY) {
        node.machine().crash(Tear.ALL_KEPT);
        boot();
      }
      commands.subList(from, issued).forEach(this::ask);
      while (acknowledged < issued) {
        node.engine().step();
        met.forEach(visitor);
        met.clear();
      }
    }
  }

  private void boot() {
    node.machine().disk().memory().hook(this::meet);
    node.machine().boot();
  }

  private void ask(String command) {
    node.group().ask(command).thenRun(() -> acknowledged++);
  }

  private void meet(MemoryDisk.Operation operation, String file) {
    var disk = node.machine().disk().memory().fork(new Draw(1));
    met.add(new CrashPoint(operation + " of " + file, disk, issued, acknowledged));
  }

  /** Its number makes it unique; the rest makes it as long as chance will. */
  private String command(int number) {
    int length = (int) draw.nextLong(draw.nextLong(8) == 0 ? LARGE_BYTES : SMALL_BYTES);
    return number + " " + "x".repeat(length);
  }
}
