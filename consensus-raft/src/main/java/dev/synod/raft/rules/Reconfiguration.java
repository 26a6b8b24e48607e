package dev.synod.raft.rules;

import dev.synod.core.Configuration;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.MembershipChange;
import dev.synod.core.StoreId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * §6: how a group gets from one membership to another. New servers are learners first (thesis
 * §4.2.1); once those that are to vote have caught up, the group goes through a joint membership,
 * whatever the change. Each step is a configuration of its own, made by the leader as soon as the
 * one before is committed, so a new leader goes on where the old one ended.
 *
 * <p>A newcomer that never catches up would block all changes for good. So a change that still
 * waits for newcomers gives way to one that removes them all: nobody who votes has changed yet.
 */
final class Reconfiguration {

  private Reconfiguration() {}

  /** Why the leader does not begin that change; empty if it does. */
  static Optional<Objection> objection(Leader leader, ChangeRequest request) {
    var memberships = leader.server().memberships();
    var latest = memberships.latest();
    if (leader.commitIndex() < leader.termStart()) {
      return passing("this leader is new and does not know yet what is committed");
    }
    if (!leader.takesProposals()) {
      return passing("leadership is on its way to another server");
    }
    boolean isBlocked = latest.isChanging() && !givesWay(latest, request);
    if (isBlocked || !memberships.isCommitted(leader.commitIndex())) {
      return passing(
          "another change is under way, towards %s: one at a time".formatted(latest.goal()));
    }
    if (latest.version() != request.expected()) {
      return lasting(
          "the change was meant for configuration %d, but the group has %d: look again"
              .formatted(request.expected(), latest.version()));
    }
    return objectionTo(request, latest);
  }

  private static boolean givesWay(Configuration latest, ChangeRequest request) {
    var awaited = latest.goal().map(goal -> awaited(latest, goal)).orElse(List.of());
    return !latest.membership().isJoint()
        && !awaited.isEmpty()
        && awaited.stream().map(MembershipChange.Remove::new).allMatch(request.changes()::contains);
  }

  private static Optional<Objection> objectionTo(ChangeRequest request, Configuration latest) {
    try {
      begin(latest, request);
      return Optional.empty();
    } catch (IllegalArgumentException impossible) {
      return lasting(String.valueOf(impossible.getMessage()));
    }
  }

  private static Optional<Objection> passing(String text) {
    return Optional.of(new Objection(true, text));
  }

  private static Optional<Objection> lasting(String text) {
    return Optional.of(new Objection(false, text));
  }

  /**
   * The first configuration of a change: newcomers only learn.
   *
   * @throws IllegalArgumentException if the change is impossible; the text says why
   */
  static Proposal begin(Configuration now, ChangeRequest request) {
    var wanted = request.goalFrom(now.membership());
    var membership = now.membership().admitting(wanted);
    var goal = Optional.of(wanted).filter(other -> !other.equals(membership));
    var members = membersOf(membership, now.members(), request.newcomers());
    return proposal(
        new Configuration(now.version() + 1, members, membership, Optional.of(request.id()), goal));
  }

  /** The next configuration of the change under way, if its time has come. */
  static Optional<Proposal> next(Leader leader) {
    var memberships = leader.server().memberships();
    var now = memberships.latest();
    if (!now.isChanging()
        || leader.commitIndex() < leader.termStart()
        || !memberships.isCommitted(leader.commitIndex())) {
      return Optional.empty();
    }
    if (now.membership().isJoint()) {
      return Optional.of(following(now, now.membership().leaveJoint()));
    }
    return now.goal()
        .filter(goal -> haveCaughtUp(leader, now, goal))
        .map(goal -> following(now, towards(now.membership(), goal)));
  }

  /** Without voters that change, nothing needs a joint membership. */
  private static Membership towards(Membership now, Membership goal) {
    var changes = now.changesTo(goal);
    return now.voters().equals(goal.voters()) ? now.simple(changes) : now.enterJoint(changes);
  }

  /** Thesis §4.2.1: who is about to vote must not keep the group from committing. */
  private static boolean haveCaughtUp(Leader leader, Configuration now, Membership goal) {
    return awaited(now, goal).stream().allMatch(store -> hasCaughtUp(leader, store));
  }

  /** The learners that are to vote. */
  private static List<StoreId> awaited(Configuration now, Membership goal) {
    return goal.voters().stream()
        .filter(store -> now.membership().learners().contains(store))
        .toList();
  }

  private static boolean hasCaughtUp(Leader leader, StoreId store) {
    return leader
        .followers()
        .of(store)
        .filter(progress -> progress.mode() == Progress.Mode.REPLICATE)
        .filter(progress -> progress.match() >= leader.commitIndex())
        .isPresent();
  }

  private static Proposal following(Configuration now, Membership next) {
    var goal = now.goal().filter(wanted -> !wanted.equals(next));
    var members = membersOf(next, now.members(), List.of());
    return proposal(new Configuration(now.version() + 1, members, next, now.change(), goal));
  }

  private static Proposal proposal(Configuration configuration) {
    return new Proposal(EntryKind.CONFIGURATION, configuration.encode());
  }

  private static List<Member> membersOf(
      Membership membership, List<Member> known, List<Member> newcomers) {
    var members = new ArrayList<Member>();
    for (StoreId store : membership.all()) {
      members.add(
          find(store, known)
              .or(() -> find(store, newcomers))
              .orElseThrow(
                  () -> new IllegalArgumentException("where " + store + " is was not said")));
    }
    return members;
  }

  private static Optional<Member> find(StoreId store, List<Member> among) {
    return among.stream().filter(member -> member.store().equals(store)).findFirst();
  }
}
