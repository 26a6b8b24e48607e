package dev.synod.zab.rules;

import dev.synod.core.Invariants;
import java.util.ArrayList;
import java.util.List;

/** One rule applied: where we were, where we are, and what must now happen, in order. */
public record Step(Role before, Role after, List<Effect> effects) {

  /** A step that breaks a rule can't be made, in production either. */
  public Step {
    effects = List.copyOf(effects);
    var was = before.epochs();
    var is = after.epochs();
    if (!was.equals(is)) {
      Invariants.check(
          !was.accepted().isAfter(is.accepted()) && !was.current().isAfter(is.current()),
          "epochs never decrease (Zab §V-A): %s -> %s",
          was,
          is);
      Invariants.check(
          savesFirst(is, effects),
          "epochs are durable before anybody hears of them (Zab §V-B): %s",
          effects);
    }
    Invariants.check(
        before.commitIndex() <= after.commitIndex(),
        "what is committed stays committed (Zab §III): %s -> %s",
        before.commitIndex(),
        after.commitIndex());
  }

  static Step of(Role before, Role after, Effect... effects) {
    return new Step(before, after, List.of(effects));
  }

  /** The same step, seen from where an earlier one began, with that one's effects first. */
  Step following(Role earlier, List<Effect> first) {
    var all = new ArrayList<Effect>(first.size() + effects.size());
    all.addAll(first);
    all.addAll(effects);
    return new Step(earlier, after, all);
  }

  private static boolean savesFirst(Epochs epochs, List<Effect> effects) {
    boolean saved = false;
    for (Effect effect : effects) {
      saved |= effect instanceof Effect.Save save && save.epochs().equals(epochs);
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
