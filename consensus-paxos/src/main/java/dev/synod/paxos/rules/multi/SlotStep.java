package dev.synod.paxos.rules.multi;

import java.util.ArrayList;
import java.util.List;

/** One rule applied: where a role was, where it is, and what must now happen, in order. */
public record SlotStep<R>(R before, R after, List<SlotEffect> effects) {

  public SlotStep {
    effects = List.copyOf(effects);
  }

  /** The same step, with these effects first. */
  SlotStep<R> after(SlotEffect... first) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(effects);
    return new SlotStep<>(before, after, all);
  }
}
