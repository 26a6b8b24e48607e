package dev.synod.actors.client;

import dev.synod.actors.client.Request.Question;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Outcome.Rejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Whom to turn to. Requests for the leader go to whom the last answer pointed at; without one, to
 * each known replica in turn, the local one first; when all were asked in vain there is a pause,
 * and the nodes are asked again where their replicas are. Time is counted in ticks.
 */
final class Route {

  /**
   * Replicas remembered: twice the voters that a group can have. A bound against a stream of
   * forgotten ones.
   */
  static final int KNOWN_MAX = 126;

  /**
   * Hints followed without a pause: more of them are replicas that point at each other during an
   * election.
   */
  static final int REDIRECTS_MAX = 4;

  /** Times that the replica here is passed over after it failed, if that is sooner than a pause. */
  static final int SKIPS_MAX = 64;

  private final Backoff backoff;
  private final Map<String, ActorRef<ReplicaMessage>> known = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();
  private final Set<ActorRef<ReplicaMessage>> tried = new HashSet<>();
  private final Set<ActorRef<ReplicaMessage>> silent = new HashSet<>();
  private @Nullable ActorRef<ReplicaMessage> hosted;
  private @Nullable ActorRef<ReplicaMessage> leader;
  private @Nullable ActorRef<ReplicaMessage> near;

  /** Who is near while the local one rests; it is kept when that one is tried again, in vain. */
  private @Nullable ActorRef<ReplicaMessage> substitute;

  private int rounds;
  private int redirects;
  private long restsUntil;
  private long hereRestsUntil = -1;
  private int skips;
  private boolean locateWanted;
  private int watchers;

  Route(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Whether a replica that refuses for that reason will refuse all else, too, for a while. */
  private static boolean isNotServing(Reason reason) {
    return switch (reason) {
      case NO_LEADER, NOT_HOSTED, STOPPING, STORAGE -> true;
      case BUSY, INVALID, SESSION_EXPIRED -> false;
    };
  }

  /** The leader as far as known, or whoever is to be asked next; null during a pause. */
  @Nullable ActorRef<ReplicaMessage> leader(long now) {
    if (leader == null && now >= restsUntil) {
      leader = untried();
      if (leader == null) {
        rest(now);
      } else {
        tried.add(leader);
      }
    }
    return leader;
  }

  /**
   * The replica hosted by this node, if it was well of late. What it refused and is tried again
   * after the longest pause goes elsewhere.
   */
  @Nullable ActorRef<ReplicaMessage> here(long now) {
    return now > hereRestsUntil || ++skips > SKIPS_MAX ? hosted : null;
  }

  /** A replica for reads that any replica may answer: the local one if it was well of late. */
  @Nullable ActorRef<ReplicaMessage> near(long now) {
    var here = here(now);
    if (here != null) {
      near = here;
    } else if (near == null) {
      near = next(null);
      locateWanted |= near == null;
    }
    return near;
  }

  /**
   * All known ones: the local one first, another one of the others next each time, the leader last.
   *
   * @param again whether these were not enough, so the nodes are to be asked where their replicas
   *     are
   */
  List<ActorRef<ReplicaMessage>> forWatchers(boolean again) {
    var others = new ArrayList<>(known.values());
    others.removeIf(replica -> replica.equals(hosted) || replica.equals(leader));
    if (!others.isEmpty()) {
      Collections.rotate(others, -(watchers++ % others.size()));
    }
    if (leader != null && !leader.equals(hosted)) {
      others.add(leader);
    }
    if (hosted != null) {
      others.add(0, hosted);
    }
    locateWanted |= again || others.isEmpty();
    return others;
  }

  /** The replica hosted by this node. */
  void hosted(ActorRef<ReplicaMessage> replica) {
    hosted = replica;
    near = replica;
    named(replica);
  }

  /** A node that the client may ask has said that this is its replica. */
  void named(ActorRef<ReplicaMessage> replica) {
    named.add(replica.path().toString());
    learned(replica);
  }

  /**
   * A replica of the group is there. One not known before ends a pause; so does one that was
   * started anew.
   */
  void learned(ActorRef<ReplicaMessage> replica) {
    var path = replica.path().toString();
    var before = known.put(path, replica);
    if (!replica.equals(before)) {
      restsUntil = 0;
      if (before != null) {
        forget(before);
      }
      if (known.size() > KNOWN_MAX) {
        var first = known.keySet().iterator().next();
        named.remove(first);
        forget(Objects.requireNonNull(known.remove(first)));
      }
    }
  }

  /** Whether it was answered by a replica that names another one as the leader. */
  static boolean isMoved(Answers answers, Request request) {
    return answers.leader().isPresent() && !answers.leader().get().equals(request.target());
  }

  /** What the answer to a current try tells about its sender and the leader. */
  void learnFrom(Answers answers, Outcome<Object> outcome, Request request, long now) {
    var from = request.target();
    if (from == null) {
      return;
    }
    boolean refused = outcome instanceof Rejected<Object> no && isNotServing(no.reason());
    boolean near = request instanceof Question question && question.wasAskedNear();
    if (near && outcome instanceof Rejected) {
      nearFailed(from, now);
      answers.leader().ifPresent(this::learned);
    }
    if (near && !(request instanceof Question question && question.isForHere())) {
      return;
    }
    if (isMoved(answers, request)) {
      answers.leader().ifPresent(hint -> redirected(from, hint, now));
    } else if (refused) {
      failed(from);
    } else if (!near && !(outcome instanceof Outcome.Unknown)) {
      confirmed(from);
    }
  }

  /** It answered as only a leader does. */
  void confirmed(ActorRef<ReplicaMessage> replica) {
    leader = replica;
    restsUntil = 0;
    rounds = 0;
    redirects = 0;
    tried.clear();
    silent.clear();
  }

  /** It leads since a newer epoch than any that was heard of. */
  void elected(ActorRef<ReplicaMessage> replica) {
    learned(replica);
    confirmed(replica);
  }

  /** Replicas at nodes that the client does not know, as when the group has moved. */
  List<ActorRef<ReplicaMessage>> unnamed() {
    return known.entrySet().stream()
        .filter(replica -> !named.contains(replica.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Whether all were asked in vain, and none is to be asked again just now. */
  boolean isPausing(long now) {
    return leader == null && now < restsUntil;
  }

  /** When the pause ends, if there is one. */
  long dueAt(long now) {
    return isPausing(now) ? restsUntil : Ticks.NEVER;
  }

  /** {@code from} is not the leader and says that {@code hint} is. */
  void redirected(ActorRef<ReplicaMessage> from, ActorRef<ReplicaMessage> hint, long now) {
    learned(hint);
    if (hint.equals(leader)) {
      return;
    }
    if (hint.equals(from) || silent.contains(hint)) {
      failed(from);
    } else if (++redirects > REDIRECTS_MAX) {
      rest(now);
    } else {
      leader = hint;
      tried.add(hint);
    }
  }

  /** It is not the leader, and knows of none. */
  void failed(ActorRef<ReplicaMessage> from) {
    tried.add(from);
    if (from.equals(leader)) {
      leader = null;
    }
  }

  /** It did not answer in time. */
  void silent(@Nullable ActorRef<ReplicaMessage> from, long now) {
    if (from == null) {
      return;
    }
    silent.add(from);
    failed(from);
    nearFailed(from, now);
  }

  /**
   * It can't answer reads. The local one may again, after the longest pause; if it never does, as a
   * witness, the search among the others goes on where it was.
   */
  void nearFailed(ActorRef<ReplicaMessage> from, long now) {
    if (from.equals(hosted)) {
      hereRestsUntil = now + backoff.longest();
      skips = 0;
    }
    boolean isSettled = from.equals(hosted) && substitute != null;
    if (!isSettled && (from.equals(near) || from.equals(substitute))) {
      var next = next(from);
      substitute = next == null || next.equals(hosted) ? null : next;
    }
    if (from.equals(near)) {
      near = substitute == null ? next(from) : substitute;
    }
  }

  /** Whether the nodes are to be asked where their replicas are; asked once. */
  boolean takeLocateWanted() {
    boolean wanted = locateWanted;
    locateWanted = false;
    return wanted;
  }

  private void rest(long now) {
    leader = null;
    redirects = 0;
    tried.clear();
    silent.clear();
    rounds++;
    restsUntil = now + backoff.ticks(rounds);
    locateWanted = true;
  }

  private @Nullable ActorRef<ReplicaMessage> untried() {
    if (hosted != null && !tried.contains(hosted)) {
      return hosted;
    }
    for (ActorRef<ReplicaMessage> replica : known.values()) {
      if (!tried.contains(replica)) {
        return replica;
      }
    }
    return null;
  }

  /** The known replica that follows this one, round and round. */
  private @Nullable ActorRef<ReplicaMessage> next(@Nullable ActorRef<ReplicaMessage> after) {
    Iterator<ActorRef<ReplicaMessage>> all = known.values().iterator();
    ActorRef<ReplicaMessage> first = null;
    while (all.hasNext()) {
      var replica = all.next();
      if (first == null) {
        first = replica;
      }
      if (replica.equals(after)) {
        return all.hasNext() ? all.next() : first;
      }
    }
    return first;
  }

  private void forget(ActorRef<ReplicaMessage> gone) {
    tried.remove(gone);
    silent.remove(gone);
    if (gone.equals(leader)) {
      leader = null;
    }
    if (gone.equals(near)) {
      near = null;
    }
    if (gone.equals(substitute)) {
      substitute = null;
    }
    if (gone.equals(hosted)) {
      hosted = null;
    }
  }
}
