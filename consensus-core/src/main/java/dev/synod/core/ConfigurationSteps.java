package dev.synod.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The configurations that a change leads through, in any protocol. Who is new learns first (Ongaro
 * 2014, §4.2.1); once those that are to vote have caught up, the protocol's own steps lead to the
 * goal.
 *
 * <p>A newcomer that never catches up would block all changes for good. So a change that still
 * waits for newcomers gives way to one that removes them all: nobody who votes has changed yet.
 */
public final class ConfigurationSteps {

  private ConfigurationSteps() {}

  /**
   * The first one: newcomers only learn.
   *
   * @throws IllegalArgumentException if the change is impossible; the text says why
   */
  public static Configuration first(Configuration now, ChangeRequest request) {
    var wanted = request.goalFrom(now.membership());
    var membership = now.membership().admitting(wanted);
    var goal = Optional.of(wanted).filter(other -> !other.equals(membership));
    var members = membersOf(membership, now.members(), request.newcomers());
    return new Configuration(
        now.version() + 1, members, membership, Optional.of(request.id()), goal);
  }

  /**
   * The last one, in which the change is done.
   *
   * @throws IllegalArgumentException if the change is impossible; the text says why
   */
  public static Configuration goal(Configuration now, ChangeRequest request) {
    var first = first(now, request);
    return first.goal().map(goal -> next(first, goal)).orElse(first);
  }

  /** The next one of the same change; the change is done with it if that is the goal. */
  public static Configuration next(Configuration now, Membership membership) {
    var goal = now.goal().filter(wanted -> !wanted.equals(membership));
    var members = membersOf(membership, now.members(), List.of());
    return new Configuration(now.version() + 1, members, membership, now.change(), goal);
  }

  /**
   * The next one of a change, which goes through a joint membership if voters change (§6). Empty as
   * long as those have not caught up who are to vote (Ongaro 2014, §4.2.1), and when no change is
   * under way.
   *
   * @param now committed
   */
  public static Optional<Configuration> jointly(Configuration now, Predicate<StoreId> hasCaughtUp) {
    if (now.membership().isJoint()) {
      return Optional.of(next(now, now.membership().leaveJoint()));
    }
    return now.goal()
        .filter(goal -> awaited(now).stream().allMatch(hasCaughtUp))
        .map(goal -> next(now, towards(now.membership(), goal)));
  }

  /** Without voters that change, nothing needs a joint membership. */
  private static Membership towards(Membership now, Membership goal) {
    var changes = now.changesTo(goal);
    return now.voters().equals(goal.voters()) ? now.simple(changes) : now.enterJoint(changes);
  }

  /** Whether the change under way, if any, makes room for that one. */
  public static boolean givesWay(Configuration now, ChangeRequest request) {
    var awaited = awaited(now);
    return !now.membership().isJoint()
        && !awaited.isEmpty()
        && awaited.stream().map(MembershipChange.Remove::new).allMatch(request.changes()::contains);
  }

  /** The learners that are to vote by the change under way. */
  public static List<StoreId> awaited(Configuration now) {
    return now.goal().stream()
        .flatMap(goal -> goal.voters().stream())
        .filter(store -> now.membership().learners().contains(store))
        .toList();
  }

  /** Why that change can't be made, whoever leads; empty if it can. */
  public static Optional<Objection> objection(Configuration now, ChangeRequest request) {
    if (now.version() != request.expected()) {
      return lasting(
          "the change was meant for configuration %d, but the group has %d: look again"
              .formatted(request.expected(), now.version()));
    }
    try {
      first(now, request);
      return Optional.empty();
    } catch (IllegalArgumentException impossible) {
      return lasting(String.valueOf(impossible.getMessage()));
    }
  }

  /**
   * Why a leader does not begin that change, where the newest configuration of its log counts, and
   * it knows what is committed; empty if it does.
   */
  public static Optional<Objection> objection(
      Memberships memberships, long commitIndex, ChangeRequest request) {
    var latest = memberships.latest();
    boolean isBlocked = latest.isChanging() && !givesWay(latest, request);
    return isBlocked || !memberships.isCommitted(commitIndex)
        ? underWay(latest)
        : objection(latest, request);
  }

  /** Another one is not finished. */
  public static Optional<Objection> underWay(Configuration now) {
    return Optional.of(
        new Objection(
            true, "another change is under way, towards %s: one at a time".formatted(now.goal())));
  }

  private static Optional<Objection> lasting(String text) {
    return Optional.of(new Objection(false, text));
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
