package dev.synod.testkit.mutant;

import java.util.List;

/** What a primary prepares, broken one rule at a time. */
final class PreparationMutants {

  private static final String FOLLOWS = "transactions follow each other";
  private static final String LOST = "nothing acknowledged is lost";
  private static final int SEEDS_MAX = 40;

  private PreparationMutants() {}

  static List<Mutant> all() {
    return List.of(
        fault(
            "applies whatever was prepared, on whichever state",
            "primarybackup.Ticket",
            "return version == applied.version + 1 &&",
            "return true ||",
            FOLLOWS,
            LOST),
        fault(
            "prepares on what is applied, not on what is on its way",
            "primarybackup.PrimaryBackupMachine",
            "backup.prepare(ahead, own)",
            "backup.prepare(state, own)",
            FOLLOWS,
            LOST),
        fault(
            "goes on from what it prepared in vain",
            "primarybackup.PrimaryBackupMachine",
            "ahead = state; isIntact = true;",
            "isIntact = true;",
            FOLLOWS,
            LOST),
        fault(
            "keeps for an answer that it was prepared in vain",
            "replica.ReplicatedState",
            "} catch (Stale e) { throw e; } catch (RuntimeException e) {",
            "} catch (RuntimeException e) {",
            "every request is drawn"),
        fault(
            "forgets in snapshots how many transactions are in the state",
            "primarybackup.PrimaryBackupMachine",
            "applied = restored.ticket();",
            "",
            FOLLOWS,
            LOST,
            "a replica fails for its disk only",
            "state machine safety"));
  }

  private static Mutant fault(
      String name, String className, String original, String replacement, String... meant) {
    var source = new Source("consensus-actors", "dev.synod.actors." + className);
    return new Mutant(
        name, source, original, replacement, List.of(meant), LotterySearch.STORM, SEEDS_MAX);
  }
}
