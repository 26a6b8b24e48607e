package dev.synod.crdt.rules;

import java.util.List;
import java.util.stream.Stream;

/** One rule applied: what is now, and what is to be done, in order. */
public record Step(Replication after, List<Effect> effects) {

  public Step {
    effects = List.copyOf(effects);
  }

  /** With more to be done, before that. */
  Step after(List<Effect> before) {
    return before.isEmpty() ? this : new Step(after, before).and(effects);
  }

  /** With more to be done, behind that. */
  Step and(List<Effect> more) {
    return more.isEmpty()
        ? this
        : new Step(after, Stream.concat(effects.stream(), more.stream()).toList());
  }
}
