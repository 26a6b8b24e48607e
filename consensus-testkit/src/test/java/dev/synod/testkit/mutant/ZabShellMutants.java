package dev.synod.testkit.mutant;

import java.util.List;

/** What runs ZAB's rules, broken one at a time. */
final class ZabShellMutants {

  private static final String COMPLETE = "leader completeness";
  private static final String MATCHING = "log matching";
  private static final String STATE = "state machine safety";
  private static final String EPOCH = "epoch monotonic and durable";
  private static final String CONFIRMED = "confirmed entries are durable";
  private static final String COMMIT = "what is committed is durable";
  private static final String LOST = "nothing acknowledged is lost";
  private static final String BOUNDS = "queues are bounded";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String RECOVERS = "a healed group recovers";

  private static final ZabSearch STORM = ZabSearch.group(3, "STORM", 100, "");
  private static final ZabSearch BUSY = ZabSearch.group(3, "STORM", 20, "");
  private static final ZabSearch CROWDED = ZabSearch.group(3, "STORM", 4, "");

  /** So little may wait anywhere that every bound is met. */
  private static final ZabSearch NARROW =
      ZabSearch.group(
          3,
          "STORM",
          10,
          """
          synod.zab {
            gated-effects-max = 4
            proposals-pending-max = 4
            reads-pending-max = 2
            entries-ahead-max = 4
            entries-per-apply-max = 2
            entries-per-propose-max = 1
          }
          """);

  /** Whatever is said again is said again soon, and so little may wait for the disk. */
  private static final ZabSearch HASTY =
      ZabSearch.group(
          3, "STORM", 20, "synod.zab { gated-effects-max = 4, heartbeat-interval = 10ms }");

  /** A snapshot every few entries, and almost nothing kept of the log before it. */
  private static final ZabSearch SNAP =
      ZabSearch.group(
          3, "STORM", 20, "synod.zab { snapshot-after-entries = 20, snapshot-tail-entries = 2 }");

  private static final int SEEDS_MAX = 40;

  private ZabShellMutants() {}

  static List<Mutant> disks() {
    return List.of(
        fault(
            "does not write epochs",
            "actor.ZabShell",
            "log.save(effect.epochs().encode());",
            "",
            STORM,
            EPOCH,
            ALARM),
        fault(
            "forgets its epochs at a restart",
            "actor.ZabShell",
            "log.saved().map(Epochs::decode).orElse(Epochs.INITIAL)",
            "Epochs.INITIAL",
            STORM,
            EPOCH,
            ALARM),
        fault(
            "forgets at a restart which epoch it took over",
            "rules.Epochs",
            "return new Epochs(new Term(accepted), new Term(current));",
            "return new Epochs(new Term(accepted), Term.ZERO);",
            BUSY,
            COMPLETE,
            LOST,
            STATE,
            ALARM,
            RECOVERS),
        fault(
            "waits for no disk: neither epochs nor transactions are gated",
            "actor.ZabShell",
            "if (gate.isEmpty() && log.durableTicket() >= log.lastTicket()) {",
            "if (true) {",
            STORM,
            CONFIRMED,
            COMMIT,
            EPOCH),
        fault(
            "waits for the write before the last one only",
            "actor.ZabShell",
            "gate.add(log.lastTicket(), effect.effect());",
            "gate.add(log.lastTicket() - 1, effect.effect());",
            CROWDED,
            CONFIRMED,
            COMMIT,
            EPOCH));
  }

  static List<Mutant> snapshots() {
    return List.of(
        fault(
            "listens however far its disk is behind",
            "actor.ZabShell",
            "if (gate.isFull()) {",
            "if (gate.size() > 1 << 20) {",
            NARROW,
            BOUNDS),
        fault(
            "says again what waits for the disk already",
            "actor.JoinedBehavior",
            "shell.isWaitingForDisk() ? this : shell.perform(joined().joinDue())",
            "shell.perform(joined().joinDue())",
            HASTY,
            BOUNDS),
        fault(
            "takes a snapshot's place and not its state",
            "actor.ZabShell",
            "log.compactTo(effect.lastIncluded()); feed.restore();",
            "log.compactTo(effect.lastIncluded());",
            SNAP,
            ALARM,
            STATE,
            RECOVERS),
        fault(
            "installs a snapshot and forgets what its log says otherwise (SNAP, then DIFF)",
            "actor.ZabShell",
            "log.compactTo(effect.lastIncluded()); feed.restore();",
            "feed.restore();",
            SNAP,
            ALARM,
            MATCHING,
            COMPLETE,
            STATE,
            RECOVERS),
        fault(
            "skips a transaction after a snapshot",
            "actor.RoleBehavior",
            "shell.feed.restored(restored.position().index());",
            "shell.feed.restored(restored.position().index() + 1);",
            SNAP,
            ALARM,
            STATE,
            RECOVERS));
  }

  private static Mutant fault(
      String name,
      String className,
      String original,
      String replacement,
      ZabSearch search,
      String... meant) {
    var source = new Source("consensus-zab", "dev.synod.zab." + className);
    return new Mutant(name, source, original, replacement, List.of(meant), search, SEEDS_MAX);
  }
}
