package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a guessed order is a linearization. What changes a state has its effect in that order; in
 * between, what only looks at a state comes as soon as it fits, which is never wrong. There are no
 * alternatives, so this takes linear time, where a search may spend all that it is given on
 * operations of unknown outcome.
 */
final class GuessedOrder<S> {

  private final Model<S> model;
  private final OpenCalls open;
  private final List<Operation> known;
  private final boolean[] isReadOnly;
  private final List<Change> changes = new ArrayList<>();

  /**
   * Something that may change a state.
   *
   * @param known its number among the operations of known outcome, or else {@link #UNKNOWN}
   */
  private record Change(Operation operation, int known) {
    private static final int UNKNOWN = -1;
  }

  /**
   * @param operations of one part of the model, by invocation
   */
  GuessedOrder(Model<S> model, List<Operation> operations, Guess guess) {
    this.model = model;
    known = operations.stream().filter(each -> each.ending() == Ending.OK).toList();
    open = new OpenCalls(known);
    isReadOnly = new boolean[known.size()];
    for (int i = 0; i < known.size(); i++) {
      isReadOnly[i] = LinearSearch.isReadOnly(model, known.get(i));
      if (!isReadOnly[i]) {
        changes.add(new Change(known.get(i), i));
      }
    }
    operations.stream()
        .filter(each -> each.ending() == Ending.UNKNOWN)
        .forEach(each -> changes.add(new Change(each, Change.UNKNOWN)));
    changes.removeIf(change -> guess.placeOf(change.operation) == Guess.UNKNOWN);
    changes.sort(Comparator.comparingLong(change -> guess.placeOf(change.operation)));
  }

  boolean isLinearization() {
    var state = Optional.of(model.initial());
    state.ifPresent(this::takeReads);
    for (var change : changes) {
      if (state.isEmpty() || open.isEmpty()) {
        break;
      }
      state = state.flatMap(before -> after(before, change));
      state.ifPresent(this::takeReads);
    }
    return state.isPresent() && open.isEmpty();
  }

  /** The state after that change; empty if it does not fit, or can't come yet. */
  private Optional<S> after(S state, Change change) {
    if (change.operation.invokedAt() > firstEnd()) {
      return Optional.empty();
    }
    if (change.known != Change.UNKNOWN) {
      open.lift(change.known);
    }
    return model.step(state, change.operation.call(), change.operation.result());
  }

  /** The first end among the operations that have no place yet: what begins later must wait. */
  private int firstEnd() {
    int entry = open.first();
    while (!open.isEnd(entry)) {
      entry = open.after(entry);
    }
    return open.place(entry);
  }

  private void takeReads(S state) {
    int entry = open.first();
    while (!open.isEmpty() && !open.isEnd(entry)) {
      int operation = open.operation(entry);
      boolean fits = isReadOnly[operation] && isAnswered(state, known.get(operation));
      if (fits) {
        open.lift(operation);
      }
      entry = fits ? open.first() : open.after(entry);
    }
  }

  private boolean isAnswered(S state, Operation read) {
    return model.step(state, read.call(), read.result()).isPresent();
  }
}
