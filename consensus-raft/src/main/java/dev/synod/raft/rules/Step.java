package dev.synod.raft.rules;

import dev.synod.core.Invariants;
import java.util.ArrayList;
import java.util.List;

/** One rule applied: where we were, where we are, and what must now happen, in order. */
public record Step(Role before, Role after, List<Effect> effects) {

  /** A step that breaks a rule can't be made, in production either. */
  public Step {
    effects = List.copyOf(effects);
    var was = before.state();
    var is = after.state();
    if (!was.equals(is)) {
      Invariants.check(
          !was.currentTerm().isAfter(is.currentTerm()),
          "currentTerm never decreases (Fig. 2): %s -> %s",
          was,
          is);
      Invariants.check(
          !was.currentTerm().equals(is.currentTerm())
              || was.votedFor().isEmpty()
              || was.votedFor().equals(is.votedFor()),
          "one vote per term (§5.2): %s -> %s",
          was,
          is);
      Invariants.check(
          is.witness() || !was.witness(), "who is a witness stays one: %s -> %s", was, is);
      Invariants.check(
          savesFirst(is, effects),
          "term and vote are durable before anybody hears of them (Fig. 2): %s",
          effects);
    }
    Invariants.check(
        before.commitIndex() <= after.commitIndex(),
        "commitIndex never decreases (Fig. 2): %s -> %s",
        before.commitIndex(),
        after.commitIndex());
  }

  static Step of(Role before, Role after, Effect... effects) {
    return new Step(before, after, List.of(effects));
  }

  /** The same step, seen from where an earlier one began, with that one's effects first. */
  Step following(Role earlier, Effect... first) {
    return following(earlier, List.of(first));
  }

  /** As {@link #following(Role, Effect...)}. */
  Step following(Role earlier, List<Effect> first) {
    var all = new ArrayList<Effect>(first.size() + effects.size());
    all.addAll(first);
    all.addAll(effects);
    return new Step(earlier, after, all);
  }

  /** The same step, in which nothing is said before everything written so far is durable. */
  List<Effect> gatedEffects() {
    return effects.stream()
        .map(effect -> effect instanceof Effect.Send ? new Effect.WhenDurable(effect) : effect)
        .toList();
  }

  private static boolean savesFirst(TermState state, List<Effect> effects) {
    boolean saved = false;
    for (Effect effect : effects) {
      saved |= effect instanceof Effect.Save save && save.state().equals(state);
      if (effect instanceof Effect.Send || effect instanceof Effect.SendEntries) {
        return false;
      }
      if (effect instanceof Effect.WhenDurable && !saved) {
        return false;
      }
    }
    return saved;
  }
}
