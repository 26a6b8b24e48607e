package dev.synod.testkit.mutant;

import java.util.List;

/** Who belongs to a group and who decides, broken one rule at a time (Raft §6). */
final class MemberMutants {

  private static final String ELECTED = "leaders are elected by a quorum";
  private static final String COMMIT = "what is committed is durable";
  private static final String NEWEST = "the newest configuration counts";
  private static final String STEPS = "configurations follow one by one";
  private static final String CAUGHT_UP = "new voters have caught up";
  private static final String SNAPSHOT = "a snapshot names the members of its place";
  private static final String CROSSING = "changes of members do not cross";
  private static final String ALARM = "a replica fails for its disk only";
  private static final String RECOVERS = "a healed group recovers";

  private MemberMutants() {}

  static List<Mutant> all() {
    return List.of(
        mutant(
            "goes by a configuration only once it is committed",
            core("Memberships"),
            "public Configuration latest() { return newest().configuration(); }",
            "public Configuration latest() { return all.get(Math.max(0, all.size() - 2))"
                + ".configuration(); }",
            NEWEST),
        mutant(
            "goes on with a configuration that was truncated",
            core("Memberships"),
            "if (newest().index() < index || all.size() == 1) {",
            "if (index > 0) {",
            NEWEST,
            300),
        mutant(
            "keeps its configurations when a snapshot replaces its log",
            core("Memberships"),
            "kept.add(new Placed(index, configuration));",
            "kept.addAll(all); if (index > 0) { return new Memberships(kept); }",
            NEWEST),
        mutant(
            "forgets at a restart what its log says of members",
            core("Memberships"),
            "return new Memberships(List.of(new Placed(index, base))).with(entries);",
            "return new Memberships(List.of(new Placed(index, base)));",
            NEWEST),
        mutant(
            "looks for no members in what it appends",
            rules("Server"),
            "changed = changed.with(append.entries());",
            "",
            List.of(NEWEST, STEPS)),
        mutant(
            "snapshots name the founders, whoever belongs to the group",
            new Source("consensus-actors", "dev.synod.actors.replica.ReplicatedState"),
            "configuration = Configuration.decode(entry.payload());",
            "",
            SNAPSHOT),
        mutant(
            "one majority of a joint membership is enough: the new one",
            core("JointQuorum"),
            "return incoming.isMetBy(agrees) && outgoing.isMetBy(agrees);",
            "return incoming.isMetBy(agrees);",
            ELECTED),
        mutant(
            "one majority of a joint membership is enough: the old one",
            core("JointQuorum"),
            "return incoming.isMetBy(agrees) && outgoing.isMetBy(agrees);",
            "return outgoing.isMetBy(agrees);",
            ELECTED),
        mutant(
            "commits by the faster half of a joint membership",
            core("JointQuorum"),
            "Math.min(incoming.agreedValue(reached), outgoing.agreedValue(reached));",
            "Math.max(incoming.agreedValue(reached), outgoing.agreedValue(reached));",
            COMMIT),
        mutant(
            "a joint membership decides as one large group",
            core("Membership"),
            "return isJoint() ? new JointQuorum(incoming, new Majority(outgoing)) : incoming;",
            """
            return isJoint()
                ? new Majority(
                    java.util.stream.Stream.concat(voters.stream(), outgoing.stream()).toList())
                : incoming;
            """,
            List.of(ELECTED, COMMIT)),
        mutant(
            "learners count in majorities",
            core("Membership"),
            "var incoming = new Majority(voters);",
            "var incoming = new Majority("
                + "java.util.stream.Stream.concat(voters.stream(), learners.stream()).toList());",
            List.of(ELECTED, COMMIT)),
        mutant(
            "learners stand for election",
            core("Memberships"),
            "boolean mayNeed(StoreId server, long commitIndex) {",
            "boolean mayNeed(StoreId server, long commitIndex) { if (commitIndex >= 0) {"
                + " return true; }",
            ELECTED),
        mutant(
            "who is to vote no more stands for election no more, at once (thesis §4.2.2)",
            core("Memberships"),
            "boolean mayNeed(StoreId server, long commitIndex) {",
            "boolean mayNeed(StoreId server, long commitIndex) { if (commitIndex >= 0) {"
                + " return latest().isVoter(server); }",
            RECOVERS,
            500),
        mutant(
            "a leader counts itself though it votes no more",
            rules("Leader"),
            """
            long agreed =
                server
                    .quorum()
                    .agreedValue(
            """,
            """
            long agreed =
                new dev.synod.core.Majority(
                    java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(self()), server.quorum().members().stream())
                      .toList())
                    .agreedValue(
            """,
            COMMIT),
        mutant(
            "begins a change while another is under way",
            core("ConfigurationSteps"),
            "return isBlocked || !memberships.isCommitted(commitIndex) ?",
            "return latest.membership().isJoint() ?",
            STEPS),
        mutant(
            "begins a change while leadership is handed over (thesis §3.10)",
            rules("Reconfiguration"),
            "if (!leader.takesProposals()) {",
            "if (false) {",
            ALARM),
        mutant(
            "any change gives way to any other",
            core("ConfigurationSteps"),
            "return !now.membership().isJoint() && !awaited.isEmpty() &&",
            "return !now.membership().isJoint() ||",
            STEPS),
        mutant(
            "begins a change before it knows what is committed (thesis §4.1)",
            rules("Reconfiguration"),
            "if (leader.commitIndex() < leader.termStart()) {",
            "if (false) {",
            STEPS,
            500),
        mutant(
            "goes on with a change before it knows what is committed",
            rules("Reconfiguration"),
            "if (!now.isChanging() || leader.commitIndex() < leader.termStart() ||"
                + " !memberships.isCommitted(leader.commitIndex())) {",
            "if (!now.isChanging() || !memberships.isCommitted(leader.commitIndex())) {",
            STEPS,
            500),
        mutant(
            "leaves a joint membership before it is committed",
            rules("Reconfiguration"),
            "|| leader.commitIndex() < leader.termStart() ||"
                + " !memberships.isCommitted(leader.commitIndex())) {",
            "|| leader.commitIndex() < leader.termStart()) {",
            STEPS),
        mutant(
            "changes any number of voters without a joint membership",
            core("ConfigurationSteps"),
            "return now.voters().equals(goal.voters()) ? now.simple(changes)"
                + " : now.enterJoint(changes);",
            "return goal;",
            STEPS),
        mutant(
            "does not ask which configuration the administrator saw",
            core("ConfigurationSteps"),
            "if (now.version() != request.expected()) {",
            "if (false) {",
            CROSSING),
        mutant(
            "tells administrators of configurations that may yet be replaced",
            new Source("consensus-actors", "dev.synod.actors.replica.Administration"),
            "!latest.isChanging() && memberships.isCommitted(leader.commitIndex());",
            "!latest.isChanging();",
            CROSSING),
        mutant(
            "tells that a change is done when it has begun",
            new Source("consensus-actors", "dev.synod.actors.replica.Administration"),
            "!latest.isChanging() && memberships.isCommitted(leader.commitIndex());",
            "memberships.isCommitted(leader.commitIndex());",
            CROSSING),
        mutant(
            "calls a change rejected that an earlier try may have made",
            new Source("consensus-actors", "dev.synod.actors.client.Reads"),
            "return question.mayHaveChangedMembers()",
            "return false",
            CROSSING),
        mutant(
            "lets voters in that have nothing yet (thesis §4.2.1)",
            core("ConfigurationSteps"),
            ".filter(goal -> awaited(now).stream().allMatch(hasCaughtUp))",
            "",
            CAUGHT_UP),
        new Mutant(
            "does not greet members that came after its log ends",
            new Source("consensus-actors", "dev.synod.actors.node.Resident"),
            "boolean isNews = isFounded()",
            "boolean isNews = false && isFounded()",
            RECOVERS,
            Conditions.LATE_NEWCOMER,
            100),
        mutant(
            "tells members that they were removed (§6)",
            rules("Server"),
            "return configuration().member(other).isEmpty() &&"
                + " memberships.committed(commitIndex).member(other).isEmpty();",
            "return true;",
            RECOVERS,
            100),
        mutant(
            "is removed for good, whatever its log says later",
            rules("Server"),
            "return removedBy > 0 && removedBy >= configuration().version();",
            "return removedBy > 0;",
            RECOVERS,
            300));
  }

  private static Mutant mutant(
      String name, Source source, String original, String replacement, String meant) {
    return mutant(name, source, original, replacement, List.of(meant));
  }

  private static Mutant mutant(
      String name, Source source, String original, String replacement, String meant, int seeds) {
    return new Mutant(
        name, source, original, replacement, List.of(meant), Conditions.MEMBERS, seeds);
  }

  private static Mutant mutant(
      String name, Source source, String original, String replacement, List<String> meant) {
    return new Mutant(name, source, original, replacement, meant, Conditions.MEMBERS, 100);
  }

  private static Source rules(String name) {
    return new Source("consensus-raft", "dev.synod.raft.rules." + name);
  }

  private static Source core(String name) {
    return new Source("consensus-core", "dev.synod.core." + name);
  }
}
