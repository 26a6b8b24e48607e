package dev.synod.testkit.mutant;

import java.util.List;

/** Forced configurations, backups and restores, broken one step at a time. */
final class RecoveryMutants {

  private static final List<String> FORCE = List.of(QuorumLost.GOES_ON, QuorumLost.FENCED);

  private RecoveryMutants() {}

  static List<Mutant> all() {
    return List.of(
        forced(
            "a forced configuration leaves the group's incarnation as it was",
            node("QuorumLoss"),
            "var next = new Incarnation(before.incarnation()).forced(random.nextInt());",
            "var next = new Incarnation(before.incarnation());"),
        forced(
            "an old member that hears of its group's new incarnation goes on",
            node("NodeActor"),
            "if (resident.isSupersededBy(hello)) {",
            "if (false) {"),
        forced(
            "the survivor stops for the incarnation that it left",
            node("Incarnation"),
            "return isRelatedTo(other) && generation() > other.generation();",
            "return isRelatedTo(other) && generation() != other.generation();"),
        new Mutant(
            "a forced configuration does not save the term that it is of",
            new Source("consensus-raft", "dev.synod.raft.actor.ForcedStart"),
            "log.save(save.state().encode());",
            "",
            "a replica fails for its disk only",
            Conditions.QUORUM_LOST,
            20),
        forced(
            "a forced configuration is of a term that old members may reach",
            new Source("consensus-raft", "dev.synod.raft.rules.ForcedConfiguration"),
            "TermState.notVotedIn(state.currentTerm().nextEra());",
            "TermState.notVotedIn(state.currentTerm().next());"),
        forced(
            "a session gets the id of one whose opening is lost",
            replica("ReplicatedState"),
            "return entry.term().era() + entry.index();",
            "return entry.index();"),
        restored(
            "a backup is taken without waiting for what was committed",
            node("BackingUp"),
            "Read.atLeast(index)",
            "Read.stale()",
            BackedUp.HOLDS),
        restored(
            "a backup names a later entry than it holds",
            replica("BackUp"),
            "file.create(group, content.position(), description.apply(founded))",
            """
            file.create(
                group,
                new dev.synod.core.LogPosition(
                    content.position().index() + 3, content.position().term()),
                description.apply(founded))
            """,
            BackedUp.EQUALS),
        restored(
            "a restored group gives away indexes that the old one gave to sessions",
            replica("RestoredState"),
            "1L << 32",
            "1L",
            BackedUp.EQUALS),
        restored(
            "a restored group forgets the sessions of the backup",
            replica("RestoredState"),
            "content.sessions(), content.state(),",
            "java.util.List.of(), content.state(),",
            BackedUp.EQUALS),
        restored(
            "the checksum of a backup is not looked at",
            new Source("consensus-log", "dev.synod.log.snapshot.SnapshotFile"),
            "return trailer.getInt(8) == crc(snapshot)",
            "return trailer.getInt(8) != crc(snapshot) + 1",
            BackedUp.CHECKED));
  }

  private static Mutant forced(String name, Source source, String original, String replacement) {
    return new Mutant(name, source, original, replacement, FORCE, Conditions.QUORUM_LOST, 20);
  }

  private static Mutant restored(
      String name, Source source, String original, String replacement, String meant) {
    return new Mutant(name, source, original, replacement, meant, Conditions.BACKED_UP, 20);
  }

  private static Source node(String name) {
    return new Source("consensus-actors", "dev.synod.actors.node." + name);
  }

  private static Source replica(String name) {
    return new Source("consensus-actors", "dev.synod.actors.replica." + name);
  }
}
