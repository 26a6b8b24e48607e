package dev.synod.testkit.mutant;

import java.util.List;

/** What watches are made of, broken one at a time. */
final class WatchMutants {

  private static final String GAP = "a watch has no gap";
  private static final String STUCK = "a healed group recovers";

  private WatchMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "forgets the oldest changes and does not say so",
            watch("RecentChanges"),
            "from = oldest.index();",
            "",
            GAP,
            Conditions.BUSY,
            100),
        new Mutant(
            "claims more than it sends",
            watch("Slice"),
            "return new Slice(pull.after(), last, List.copyOf(taken));",
            "return new Slice(pull.after(), upTo, List.copyOf(taken));",
            GAP,
            Conditions.BUSY,
            100),
        new Mutant(
            "takes what a snapshot jumped over for nothing",
            watch("WatchHub"),
            "recent.restart(jumped.index());",
            "recent.add(List.of(), jumped.index());",
            GAP,
            Conditions.BUSY,
            300),
        new Mutant(
            "goes on from now at another replica",
            watch("Watcher"),
            "silences = 0; asked.clear(); var next",
            "silences = 0; asked.clear(); position = WatchMessage.NOW; var next",
            GAP,
            Conditions.STORM,
            100),
        new Mutant(
            "ends before its consumer has what it had taken in",
            watch("Watcher"),
            "if (buffer.isEmpty()) { failStage(end); }",
            "failStage(end);",
            GAP,
            Conditions.NARROW,
            100),
        new Mutant(
            "tells of requests that were done before",
            applier("ReplicatedState"),
            "isChanged = false;",
            "isChanged = isChanged && entry.kind() == dev.synod.core.EntryKind.COMMAND;",
            GAP,
            Conditions.STORM,
            100),
        new Mutant(
            "looks back one entry too late",
            applier("ApplyFeed"),
            "long from = back.after() + 1;",
            "long from = Math.min(fed, back.after() + 2);",
            GAP,
            Conditions.BUSY,
            100),
        new Mutant(
            "forgets which entries were changes when it needs more room",
            applier("ChangeBits"),
            "larger[(int) (word % larger.length)] = words[(int) (word % words.length)];",
            "larger[0] = 0;",
            GAP,
            Conditions.BUSY,
            100),
        new Mutant(
            "leaves out of snapshots which entries were changes",
            applier("ChangeBits"),
            "words[(int) (word % words.length)] = buffer.getLong();",
            "buffer.getLong();",
            GAP,
            Conditions.BUSY,
            100),
        new Mutant(
            "wakes nobody when something changes",
            applier("Applier"),
            "changes.flush();",
            "",
            List.of(STUCK, GAP),
            Conditions.STORM,
            100),
        new Mutant(
            "does not look for another replica when one is silent",
            watch("Watcher"),
            "search.silent(asked.values(), hub != null); turn();",
            "pull(replica, replica, true);",
            STUCK,
            Conditions.STORM,
            100),
        new Mutant(
            "serves watches where no leader is heard any more",
            new Source("consensus-raft", "dev.synod.raft.actor.RoleBehavior"),
            "shell.role().leader().isEmpty() || !shell.role().hearsLeader()",
            "shell.role().leader().isEmpty()",
            STUCK,
            Conditions.MEMBERS,
            100));
  }

  private static Source watch(String name) {
    return new Source("consensus-actors", "dev.synod.actors.watch." + name);
  }

  private static Source applier(String name) {
    return new Source("consensus-actors", "dev.synod.actors.replica." + name);
  }
}
