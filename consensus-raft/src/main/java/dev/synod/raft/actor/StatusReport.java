package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.ReplicaStatus.Detail;
import dev.synod.core.Member;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.PreCandidate;
import dev.synod.raft.rules.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A replica as people want to see it. */
final class StatusReport {

  private static final Map<Class<? extends Role>, String> NAMES =
      Map.of(
          Follower.class, "follower",
          PreCandidate.class, "pre-candidate",
          Candidate.class, "candidate",
          Leader.class, "leader");

  private StatusReport() {}

  static String nameOf(Role role) {
    if (role instanceof Follower && role.server().isRemoved()) {
      return "removed";
    }
    if (role instanceof Follower && !role.server().isVoter()) {
      return "learner";
    }
    if (role instanceof Follower && role.isWitness()) {
      return "witness";
    }
    return NAMES.getOrDefault(role.getClass(), role.getClass().getSimpleName());
  }

  static ReplicaStatus of(RaftShell shell) {
    return of(shell, nameOf(shell.role()), shell.consistency.trouble());
  }

  static ReplicaStatus failed(RaftShell shell, String trouble) {
    return of(shell, "failed", Optional.of(trouble));
  }

  static ReplicaStatus starting(RaftShell shell) {
    return of(shell, "starting", Optional.empty());
  }

  private static ReplicaStatus of(RaftShell shell, String name, Optional<String> trouble) {
    var role = shell.role();
    return new ReplicaStatus(
        shell.setup.group(),
        shell.setup.self(),
        name,
        role.term().number(),
        role.leader(),
        shell.log.last().index(),
        role.commitIndex(),
        shell.feed.applied(),
        shell.snapshots.lastIndex(),
        trouble,
        role instanceof Leader leader ? peers(shell, leader) : List.of(),
        List.of(Detail.of("term", role.term().number()), Detail.of("commit", role.commitIndex())));
  }

  private static List<ReplicaStatus.Peer> peers(RaftShell shell, Leader leader) {
    return leader.server().configuration().members().stream()
        .filter(member -> !member.store().equals(leader.self()))
        .map(member -> peer(shell, leader, member))
        .toList();
  }

  private static ReplicaStatus.Peer peer(RaftShell shell, Leader leader, Member member) {
    return new ReplicaStatus.Peer(
        member,
        leader.followers().of(member.store()).map(progress -> progress.match()).orElse(0L),
        shell.contacts.ageMillis(member.store()));
  }
}
