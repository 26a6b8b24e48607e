package dev.synod.crdt.rules;

import java.util.List;

/** One rule applied: what is now, and what is to be done, in order. */
public record Step(Replication after, List<Effect> effects) {

  public Step {
    effects = List.copyOf(effects);
  }
}
