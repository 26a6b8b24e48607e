package dev.synod.crdt.actor;

import dev.synod.crdt.rules.Neighbours;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds out whether some nodes are never met, which people should know, once. */
final class Unmet {

  private static final int QUESTIONS = 10;

  private final String actor;
  private int questions;

  /**
   * @param actor who asks; so it is called at all nodes, and the name says how many shards there
   *     are
   */
  Unmet(String actor) {
    this.actor = actor;
  }

  /**
   * All nodes are asked who they are, once more.
   *
   * @return what is to be said of those that have never answered, if it is time to
   */
  Optional<String> asked(Neighbours neighbours) {
    if (questions > QUESTIONS || questions++ < QUESTIONS) {
      return Optional.empty();
    }
    SortedSet<String> unmet = new TreeSet<>(neighbours.others().keySet());
    unmet.removeAll(neighbours.byNode().keySet());
    return unmet.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("%s, asked %d times who they are, have not answered %s of this node: they are not up,"
                    + " or their values have another name or another synod.crdt.shards, or they do"
                    + " not have this node's address in their list")
                .formatted(unmet, QUESTIONS, actor));
  }
}
