package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Checkers that are obviously right: they write down every order of every choice of operations and
 * look whether one will do. Good for seven operations.
 */
final class BruteForce {

  private BruteForce() {}

  /** Herlihy and Wing's definition, word by word. */
  static boolean isLinearizable(History history, Model<?> model) {
    return anyChoice(history, order -> keeps(order, Operation::precedes) && explains(order, model));
  }

  /** The same for somewhat longer histories: it leaves an order as soon as it can't go on. */
  static <S> boolean isLinearizableStepwise(History history, Model<S> model) {
    var left =
        history.operations().stream().filter(each -> each.ending() != Ending.REJECTED).toList();
    return isLinearizable(left, Map.of(), model);
  }

  private static <S> boolean isLinearizable(
      List<Operation> left, Map<String, S> states, Model<S> model) {
    if (left.stream().allMatch(each -> each.ending() == Ending.UNKNOWN)) {
      return true;
    }
    for (var next : left) {
      var part = model.part(next.call());
      var after =
          left.stream().anyMatch(other -> other.precedes(next))
              ? Optional.<S>empty()
              : model.step(states.getOrDefault(part, model.initial()), next.call(), next.result());
      if (after.isPresent()) {
        var others = left.stream().filter(other -> other.number() != next.number()).toList();
        var changed = new HashMap<>(states);
        changed.put(part, after.get());
        if (isLinearizable(others, changed, model)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Lamport's definition, word by word. */
  static boolean isSequential(History history, Model<?> model) {
    return anyChoice(
        history, order -> keeps(order, BruteForce::isBeforeInProgram) && explains(order, model));
  }

  /** One client after the other: what it was told before it asked again. */
  static boolean isBeforeInProgram(Operation one, Operation other) {
    return one.process().equals(other.process())
        && one.ending() == Ending.OK
        && one.number() < other.number();
  }

  private static boolean anyChoice(History history, Predicate<List<Operation>> will) {
    var known = history.operations().stream().filter(each -> each.ending() == Ending.OK).toList();
    var unknown =
        history.operations().stream().filter(each -> each.ending() == Ending.UNKNOWN).toList();
    for (int choice = 0; choice < 1 << unknown.size(); choice++) {
      var chosen = new ArrayList<>(known);
      for (int i = 0; i < unknown.size(); i++) {
        if ((choice >> i & 1) == 1) {
          chosen.add(unknown.get(i));
        }
      }
      if (anyOrder(chosen, 0, will)) {
        return true;
      }
    }
    return false;
  }

  /** Tries all orders of those from a place on. */
  static boolean anyOrder(List<Operation> operations, int from, Predicate<List<Operation>> will) {
    if (from >= operations.size()) {
      return will.test(operations);
    }
    boolean found = false;
    for (int i = from; i < operations.size() && !found; i++) {
      Collections.swap(operations, from, i);
      found = anyOrder(operations, from + 1, will);
      Collections.swap(operations, from, i);
    }
    return found;
  }

  /** Whether nothing stands before what it must come after. */
  static boolean keeps(List<Operation> order, BiPredicate<Operation, Operation> before) {
    for (int i = 0; i < order.size(); i++) {
      for (int j = i + 1; j < order.size(); j++) {
        if (before.test(order.get(j), order.get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a model gives these results in this order; parts are looked at one by one. */
  static <S> boolean explains(List<Operation> order, Model<S> model) {
    for (var part : order.stream().map(each -> model.part(each.call())).distinct().toList()) {
      Optional<S> state = Optional.of(model.initial());
      for (var operation : order) {
        if (model.part(operation.call()).equals(part)) {
          state = state.flatMap(before -> model.step(before, operation.call(), operation.result()));
        }
      }
      if (state.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
