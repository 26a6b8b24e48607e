package dev.synod.actors.watch;

import dev.synod.actors.message.ReplicaMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which replicas a watcher turns to, and what was heard from those that had not got what it wants.
 * It turns to one after the other, so that the leader, which comes last, has few. Once one was
 * silent that has not served before, it turns to all others at once, as a client may know many that
 * are no more.
 */
final class Search {

  /** Times that all replicas are gone through before what some of them lack is given up. */
  static final int ROUNDS_MAX = 3;

  private final ArrayDeque<ActorRef<ReplicaMessage>> untried = new ArrayDeque<>();
  private final Set<ActorRef<ReplicaMessage>> lacking = new HashSet<>();
  private final Set<ActorRef<ReplicaMessage>> silent = new HashSet<>();
  private long first = Long.MAX_VALUE;
  private int rounds;
  private boolean isHurried;

  /** The group's replicas, as far as known, those to try first in front. */
  void found(List<ActorRef<ReplicaMessage>> replicas) {
    untried.clear();
    isHurried = false;
    replicas.stream()
        .filter(this::mayHelp)
        .sorted(Comparator.comparing(silent::contains)) // those heard of lately in front
        .forEach(untried::add);
  }

  /** Once one of them lacks what is wanted, those that were silent are not asked again. */
  private boolean mayHelp(ActorRef<ReplicaMessage> replica) {
    return lacking.isEmpty() || !(lacking.contains(replica) || silent.contains(replica));
  }

  /** Whom to turn to next; nobody when all were tried, which ends a round. */
  List<ActorRef<ReplicaMessage>> next() {
    var next = new ArrayList<ActorRef<ReplicaMessage>>();
    while (!untried.isEmpty() && (next.isEmpty() || isHurried)) {
      next.add(untried.remove());
    }
    if (next.isEmpty() && !lacking.isEmpty()) {
      rounds++;
    }
    return next;
  }

  /** That one serves what is wanted. */
  void served() {
    lacking.clear();
    silent.clear();
    first = Long.MAX_VALUE;
    rounds = 0;
  }

  /**
   * Those do not answer.
   *
   * @param haveServed whether it is one that has served until now
   */
  void silent(Collection<ActorRef<ReplicaMessage>> replicas, boolean haveServed) {
    silent.addAll(replicas);
    isHurried = !haveServed;
  }

  /**
   * That one has not got it any more.
   *
   * @param from the first index that it has
   */
  void lacks(ActorRef<ReplicaMessage> replica, long from) {
    lacking.add(replica);
    first = Math.min(first, from);
  }

  /** That one belongs to a group of the same name that was founded anew. */
  void other(ActorRef<ReplicaMessage> replica) {
    lacking.add(replica);
  }

  /** Nobody has it of those that answer. */
  boolean isInVain() {
    return rounds >= ROUNDS_MAX;
  }

  /** The first index that one of them has; empty if the group was founded anew. */
  OptionalLong first() {
    return first < Long.MAX_VALUE ? OptionalLong.of(first) : OptionalLong.empty();
  }
}
