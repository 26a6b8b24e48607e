package dev.synod.testkit.mutant;

import java.util.List;

/** What keeps a witness from being taken for more than it is, broken one step at a time. */
final class WitnessMutants {

  private static final String ASIDE = "a witness neither leads nor has a state";
  private static final String IN_FULL = "what is committed is somewhere in full";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String RECOVERS = "a healed group recovers";

  private WitnessMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "a witness stands for election",
            rules("Follower"),
            "if (isWitness() || !server.standsByItself(commitIndex)) {",
            "if (!server.standsByItself(commitIndex)) {",
            ASIDE,
            Conditions.WITNESS,
            20),
        new Mutant(
            "half of the voters and more may be witnesses",
            new Source("consensus-core", "dev.synod.core.Membership"),
            "count > 0 && 2 * count >= voters.size()",
            "count > voters.size()",
            IN_FULL,
            Conditions.WITNESS_MEMBERS,
            20),
        new Mutant(
            "a witness is sent all that entries say",
            rules("Replication"),
            "boolean witnessed = leader.server().configuration().isWitness(to);",
            "boolean witnessed = false;",
            ASIDE,
            Conditions.WITNESS,
            20),
        new Mutant(
            "what was made for a witness goes to all who want the same entries",
            new Source("consensus-actors", "dev.synod.actors.replica.EntrySender"),
            "var last = wanted.special() ? special : usual;",
            "var last = special != null ? special : usual;",
            ALARM,
            Conditions.WITNESS,
            20),
        new Mutant(
            "a full replica is sent a snapshot without its state",
            new Source("consensus-actors", "dev.synod.actors.replica.SnapshotSenders"),
            "members.isWitness(to.store())));",
            "!members.isWitness(setup.self().store())));",
            RECOVERS,
            Conditions.WITNESS_SNAPSHOTS,
            40),
        new Mutant(
            "takes what it has for the state, though entries came without their payloads",
            new Source("consensus-actors", "dev.synod.actors.replica.ReplicatedState"),
            "isWitness |= entry.kind() == EntryKind.WITNESSED;",
            "",
            List.of(ASIDE, ALARM),
            Conditions.WITNESS_SNAPSHOTS,
            20),
        new Mutant(
            "who is a witness forgets that in the next term",
            rules("TermState"),
            "return new TermState(term, Optional.empty(), witness);",
            "return new TermState(term, Optional.empty(), false);",
            ALARM,
            Conditions.WITNESS,
            20));
  }

  private static Source rules(String name) {
    return new Source("consensus-raft", "dev.synod.raft.rules." + name);
  }
}
