package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The search for one order of all operations that keeps each client's own and explains all results
 * (Lamport 1979). To tell whether there is one is NP-complete (Gibbons and Korach 1997), so it may
 * give up.
 *
 * <p>Unlike linearizability this is not a matter of each object alone (Herlihy and Wing 1990,
 * §3.3), so all parts of the model are searched together. An operation of unknown outcome comes
 * after what its client did before it, or never; its client's later ones do not wait for it.
 */
final class SequentialSearch<S> {

  private final Model<S> model;
  private final CheckLimits limits;
  private final Map<String, List<Operation>> clients = new LinkedHashMap<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final List<Operation> unknown = new ArrayList<>();
  private final List<Integer> unknownAfter = new ArrayList<>();
  private final Map<String, S> states = new LinkedHashMap<>();
  private final boolean[] used;
  private final Configurations seen;
  private final ArrayList<Level<S>> path = new ArrayList<>();
  private int left;
  private int leastLeft = Integer.MAX_VALUE;
  private String furthest = "";
  private List<Operation> stuck = List.of();
  private long steps;

  /** One place of the order: what may stand there and was not tried, and what stands there now. */
  private static final class Level<S> {
    private Iterator<Choice> untried;
    private Choice chosen = new Choice(Optional.empty(), -1);
    private Optional<S> before = Optional.empty();

    private Level(Iterator<Choice> untried) {
      this.untried = untried;
    }
  }

  /** A client's next operation, or the one with that number among those of unknown outcome. */
  private record Choice(Optional<Operation> operation, int unknown) {

    boolean isKnown() {
      return unknown < 0;
    }

    Operation get() {
      return operation.orElseThrow();
    }
  }

  SequentialSearch(Model<S> model, List<Operation> operations, CheckLimits limits) {
    this.model = model;
    this.limits = limits;
    for (var operation : operations) {
      var own = clients.computeIfAbsent(operation.process(), client -> new ArrayList<>());
      if (operation.ending() == Ending.OK) {
        own.add(operation);
        left++;
      } else if (operation.ending() == Ending.UNKNOWN) {
        unknown.add(operation);
        unknownAfter.add(own.size());
      }
      states.put(model.part(operation.call()), model.initial());
    }
    clients.keySet().forEach(client -> places.put(client, 0));
    used = new boolean[unknown.size()];
    seen = new Configurations(limits.configurationsMax());
  }

  LinearSearch.Outcome run() {
    path.add(new Level<>(choices()));
    while (left > 0) {
      var level = path.get(path.size() - 1);
      if (!level.untried.hasNext()) {
        noteFurthest();
        path.remove(path.size() - 1);
        if (path.isEmpty()) {
          return LinearSearch.Outcome.NONE;
        }
        takeBack(path.get(path.size() - 1));
        continue;
      }
      if (++steps > limits.stepsMax() || seen.isFull()) {
        return LinearSearch.Outcome.GAVE_UP;
      }
      tryNext(level);
    }
    return LinearSearch.Outcome.FOUND;
  }

  private void tryNext(Level<S> level) {
    var choice = level.untried.next();
    var part = model.part(choice.get().call());
    S before = state(part);
    var after = model.step(before, choice.get().call(), choice.get().result());
    if (after.isEmpty() || (!choice.isKnown() && after.get().equals(before))) {
      return;
    }
    level.chosen = choice;
    level.before = Optional.of(before);
    states.put(part, after.get());
    move(choice, 1);
    if (left == 0 || seen.add(knownWords(), unknownWords(), List.copyOf(states.values()))) {
      path.add(new Level<>(choices()));
    } else {
      takeBack(level);
    }
  }

  private void takeBack(Level<S> level) {
    states.put(model.part(level.chosen.get().call()), level.before.orElseThrow());
    move(level.chosen, -1);
  }

  private void move(Choice choice, int by) {
    if (choice.isKnown()) {
      places.merge(choice.get().process(), by, Integer::sum);
      left -= by;
    } else {
      used[choice.unknown()] = by > 0;
    }
  }

  /**
   * What may come next, by invocation; unknown ones last. An operation that fits and never changes
   * a state comes next without an alternative: moving it to the front of what is left changes
   * nothing for the others.
   */
  private Iterator<Choice> choices() {
    var choices = new ArrayList<Choice>();
    for (var client : clients.entrySet()) {
      int place = place(client.getKey());
      if (place < client.getValue().size()) {
        var choice = new Choice(Optional.of(client.getValue().get(place)), -1);
        if (changesNothing(choice.get())) {
          return List.of(choice).iterator();
        }
        choices.add(choice);
      }
    }
    choices.sort(Comparator.comparingInt(choice -> choice.get().invokedAt()));
    for (int number = 0; number < used.length; number++) {
      var operation = unknown.get(number);
      if (!used[number] && place(operation.process()) >= unknownAfter.get(number)) {
        choices.add(new Choice(Optional.of(operation), number));
      }
    }
    return choices.iterator();
  }

  private boolean changesNothing(Operation operation) {
    S before = state(model.part(operation.call()));
    return LinearSearch.isReadOnly(model, operation)
        && model.step(before, operation.call(), operation.result()).isPresent();
  }

  private S state(String part) {
    return Optional.ofNullable(states.get(part)).orElseThrow();
  }

  private int place(String client) {
    return places.getOrDefault(client, 0);
  }

  private long[] knownWords() {
    return places.values().stream().mapToLong(Integer::longValue).toArray();
  }

  private long[] unknownWords() {
    var words = new long[(used.length + 63) >> 6];
    for (int number = 0; number < used.length; number++) {
      words[number >> 6] |= used[number] ? 1L << number : 0;
    }
    return words;
  }

  private void noteFurthest() {
    if (left >= leastLeft) {
      return;
    }
    leastLeft = left;
    var text = new StringBuilder();
    var next = new ArrayList<Operation>();
    clients.forEach(
        (client, own) -> {
          if (place(client) < own.size()) {
            var operation = own.get(place(client));
            next.add(operation);
            text.append("    ").append(operation).append("  in state ");
            text.append(state(model.part(operation.call()))).append('\n');
          }
        });
    stuck = List.copyOf(next);
    furthest =
        "no order that keeps each client's own explains all.\n"
            + "The longest order leaves out "
            + left
            + "; each client's next does not fit:\n"
            + text;
  }

  /** Where the search that found nothing came furthest. */
  Witness witness() {
    return new Witness(furthest, stuck);
  }

  /** Why it gave up. */
  String spent() {
    return limits.spent(seen.isFull());
  }
}
