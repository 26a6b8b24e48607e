package dev.synod.testkit.lab.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where only one may be at a time: who believes that it is the one. */
final class CriticalSection {

  private final Set<String> inside = new TreeSet<>();
  private final List<String> entered = new ArrayList<>();
  private final List<String> proofs = new ArrayList<>();
  private final List<Set<String>> together = new ArrayList<>();

  /**
   * Somebody believes to hold the lock.
   *
   * @param proof all that it can show for it
   */
  void enter(String who, String proof) {
    inside.add(who);
    entered.add(who);
    proofs.add(proof);
    if (inside.size() > 1) {
      together.add(Set.copyOf(inside));
    }
  }

  void leave(String who) {
    inside.remove(who);
  }

  boolean isIn(String who) {
    return inside.contains(who);
  }

  /** All that ever entered, in order. */
  List<String> entered() {
    return List.copyOf(entered);
  }

  /** What they could show for it, in order. */
  List<String> proofs() {
    return List.copyOf(proofs);
  }

  /** All who ever were in it together. */
  List<Set<String>> together() {
    return List.copyOf(together);
  }
}
