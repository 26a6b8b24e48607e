package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.protocol.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which replica is at each of the other nodes now. A node that starts again has another replica, so
 * nobody takes a node's word for it unasked: words of an earlier start may still be under way. What
 * counts is an answer to a question that was asked after the node's replica became known: by then
 * all earlier ones were gone, so none of them can have answered it, however late the answer is.
 * Immutable.
 *
 * @param node this one's address
 * @param self this one's replica
 * @param others by address
 * @param questions how many were asked
 */
public record Neighbours(
    String node, ReplicaId self, SortedMap<String, Neighbour> others, long questions) {

  /**
   * One other node.
   *
   * @param replica at it, if it has said so
   * @param openFrom the first question that it may still answer; all those before were asked when
   *     its replica was not known yet
   * @param suspected a replica that said it was there: the node was asked because of it, and is not
   *     asked so again, or two nodes whose questions cross would ask each other for ever
   */
  public record Neighbour(
      Optional<ReplicaId> replica, long openFrom, Optional<ReplicaId> suspected) {

    private static final Neighbour UNKNOWN = new Neighbour(Optional.empty(), 1, Optional.empty());
  }

  /** To be sent to that address. */
  public record Greeting(String to, PeerMessage message) {}

  /**
   * What a message changed.
   *
   * @param left the replica that is gone for ever
   * @param joined the one that is there now
   * @param refused why nothing was changed, if somebody should know
   */
  public record Met(
      Neighbours after,
      List<Greeting> greetings,
      Optional<ReplicaId> left,
      Optional<ReplicaId> joined,
      Optional<String> refused) {

    public Met {
      greetings = List.copyOf(greetings);
    }

    private static Met nothing(Neighbours after, List<Greeting> greetings) {
      return new Met(after, greetings, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Met refused(Neighbours after, String why) {
      return new Met(after, List.of(), Optional.empty(), Optional.empty(), Optional.of(why));
    }
  }

  /** Nobody is known yet. */
  public static Neighbours of(String node, ReplicaId self, List<String> nodes) {
    return of(node, self, nodes, 0);
  }

  /**
   * The same, for a replica that may have been here before.
   *
   * @param questions a number that is above those of all questions that it ever asked
   */
  public static Neighbours of(String node, ReplicaId self, List<String> nodes, long questions) {
    var others = new TreeMap<String, Neighbour>();
    nodes.forEach(it -> others.put(it, Neighbour.UNKNOWN));
    others.remove(node);
    return new Neighbours(node, self, Collections.unmodifiableSortedMap(others), questions);
  }

  private Neighbours with(String other, Neighbour changed, long count) {
    var all = new TreeMap<>(others);
    all.put(other, changed);
    return new Neighbours(node, self, Collections.unmodifiableSortedMap(all), count);
  }

  /** The address of the node where that replica is now. */
  public Optional<String> nodeOf(ReplicaId replica) {
    return others.entrySet().stream()
        .filter(it -> it.getValue().replica().filter(replica::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The replicas that are known, by the addresses of their nodes. */
  public SortedMap<String, ReplicaId> byNode() {
    var known = new TreeMap<String, ReplicaId>();
    others.forEach((at, it) -> it.replica().ifPresent(replica -> known.put(at, replica)));
    return known;
  }

  /** The replicas that are known, in the order of their addresses. */
  public List<ReplicaId> replicas() {
    return replicasBut(Set.of());
  }

  /** The same without those at these nodes. */
  public List<ReplicaId> replicasBut(Set<String> nodes) {
    return others.entrySet().stream()
        .filter(it -> !nodes.contains(it.getKey()))
        .flatMap(it -> it.getValue().replica().stream())
        .toList();
  }

  /** Asks all who they are. */
  public Met ask() {
    var after = this;
    var greetings = new ArrayList<Greeting>();
    for (String other : others.keySet()) {
      var asked = after.ask(other, Optional.empty());
      after = asked.after();
      greetings.addAll(asked.greetings());
    }
    return Met.nothing(after, greetings);
  }

  private Met ask(String other, Optional<ReplicaId> suspected) {
    var known = others.getOrDefault(other, Neighbour.UNKNOWN);
    long number = questions + 1;
    var asked = new Neighbour(known.replica(), known.openFrom(), suspected.or(known::suspected));
    return Met.nothing(
        with(other, asked, number), List.of(new Greeting(other, new Who(node, self, number))));
  }

  /**
   * The others are those of that standing, whoever they said they were; one after the other, as
   * many as differ.
   */
  public List<Met> at(Standing standing) {
    var mets = new ArrayList<Met>();
    var nodes = new TreeSet<>(others.keySet());
    nodes.addAll(standing.members().keySet());
    nodes.remove(node);
    var after = this;
    for (String other : nodes) {
      var before = after.others.getOrDefault(other, Neighbour.UNKNOWN).replica();
      var then = standing.at(other);
      if (!before.equals(then) || !after.others.containsKey(other)) {
        after = after.with(other, new Neighbour(then, questions + 1, Optional.empty()), questions);
        mets.add(new Met(after, List.of(), before, then, Optional.empty()));
      }
    }
    return mets;
  }

  /** Answers, and asks back whom it does not know. */
  public Met heard(Who question) {
    var known = others.get(question.node());
    if (known == null) {
      return Met.refused(this, "no node of ours is at " + question.node());
    }
    var answer =
        new Greeting(question.node(), new Here(node, self, question.from(), question.question()));
    var said = Optional.of(question.from());
    if (known.replica().equals(said) || known.suspected().equals(said)) {
      return Met.nothing(this, List.of(answer));
    }
    var asked = ask(question.node(), said);
    return Met.nothing(asked.after(), List.of(answer, asked.greetings().get(0)));
  }

  /** Takes an answer, if its question is open. */
  public Met heard(Here answer) {
    var known = others.get(answer.node());
    if (known == null
        || answer.question() < known.openFrom()
        || answer.question() > questions
        || !answer.to().equals(self)) {
      return Met.nothing(this, List.of());
    }
    var elsewhere = nodeOf(answer.from()).filter(it -> !it.equals(answer.node()));
    if (answer.from().equals(self) || elsewhere.isPresent()) {
      return Met.refused(
          this,
          "%s says that it has %s, which is at %s: an id was given twice"
              .formatted(answer.node(), answer.from(), elsewhere.orElse(node)));
    }
    var joined = Optional.of(answer.from());
    if (known.replica().equals(joined)) {
      return Met.nothing(this, List.of());
    }
    var fresh = new Neighbour(joined, questions + 1, Optional.empty());
    return new Met(
        with(answer.node(), fresh, questions),
        List.of(),
        known.replica(),
        joined,
        Optional.empty());
  }
}
