package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.ReplicaStatus.Detail;
import dev.synod.core.Member;
import dev.synod.zab.rules.Leading;
import dev.synod.zab.rules.Phase;
import dev.synod.zab.rules.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A replica as people want to see it. */
final class StatusReport {

  private StatusReport() {}

  /** A leader without a quorum leads nobody yet: it is called by its phase. */
  static String nameOf(Role role) {
    return switch (role.state()) {
      case LOOKING -> role.server().isRemoved() ? "removed" : "looking";
      case FOLLOWING -> "follower";
      case OBSERVING -> "observer";
      case LEADING ->
          role.phase() == Phase.BROADCAST ? "leader" : role.phase().name().toLowerCase(Locale.ROOT);
    };
  }

  static ReplicaStatus of(ZabShell shell) {
    return of(shell, nameOf(shell.role()), shell.consistency.trouble());
  }

  static ReplicaStatus failed(ZabShell shell, String trouble) {
    return of(shell, "failed", Optional.of(trouble));
  }

  static ReplicaStatus starting(ZabShell shell) {
    return of(shell, "starting", Optional.empty());
  }

  private static ReplicaStatus of(ZabShell shell, String name, Optional<String> trouble) {
    var role = shell.role();
    return new ReplicaStatus(
        shell.setup.group(),
        shell.setup.self(),
        name,
        role.epochs().accepted().number(),
        role.leader(),
        shell.log.last().index(),
        role.commitIndex(),
        shell.feed.applied(),
        shell.snapshots.lastIndex(),
        trouble,
        role instanceof Leading leading ? peers(shell, leading) : List.of(),
        details(role));
  }

  /** A zxid is counted from where its leader began, so only that one can tell its last. */
  private static List<Detail> details(Role role) {
    var details = new ArrayList<Detail>();
    details.add(Detail.of("epoch", role.epochs().accepted().number()));
    details.add(Detail.of("history", role.epochs().current().number()));
    details.add(Detail.of("commit", role.commitIndex()));
    if (role instanceof Leading leading && role.phase() == Phase.BROADCAST) {
      details.add(
          new Detail("zxid", leading.zxidOf(role.server().log().last().index()).toString()));
    }
    return details;
  }

  private static List<ReplicaStatus.Peer> peers(ZabShell shell, Leading leading) {
    return leading.server().configuration().members().stream()
        .filter(member -> !member.store().equals(leading.self()))
        .map(member -> peer(shell, leading, member))
        .toList();
  }

  private static ReplicaStatus.Peer peer(ZabShell shell, Leading leading, Member member) {
    long match = leading.learners().of(member.store()).map(one -> one.match()).orElse(0L);
    return new ReplicaStatus.Peer(
        member, Math.max(0, match), shell.contacts.ageMillis(member.store()));
  }
}
