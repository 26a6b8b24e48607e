package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The search for a linearization: Wing and Gong 1993 with the memory of Lowe 2017, §3.1.
 *
 * <p>At each turn the operations that may come next are those invoked before the first end among
 * the ones not placed yet. Four additions, none of which loses an answer:
 *
 * <ul>
 *   <li>An operation that fits and never changes a state is placed at once, without an alternative:
 *       if there is a linearization from here, moving that operation to its front gives another.
 *       (This would be wrong of a write that merely repeats the value: later it may be needed to
 *       undo another one.)
 *   <li>The operation with the first end is tried first, then those after which it fits, then the
 *       others, those of unknown outcome last.
 *   <li>Operations of unknown outcome may stay out for good. One that would leave the state as it
 *       is stays out, and what failed with some of them is not tried with more of them.
 *   <li>Of equal calls with unknown outcome the one invoked first is placed first.
 * </ul>
 */
final class LinearSearch<S> {

  /** How a search ended. */
  enum Outcome {
    FOUND,
    NONE,
    GAVE_UP
  }

  private final Model<S> model;
  private final CheckLimits limits;
  private final List<Operation> known = new ArrayList<>();
  private final List<Operation> unknown = new ArrayList<>();
  private final boolean[] readOnly;
  private final OpenCalls open;
  private final int[] twins;
  private final Placed placed;
  private final Configurations seen;
  private final List<Level<S>> path = new ArrayList<>();
  private List<Operation> longest = List.of();
  private List<S> longestStates = List.of();
  private int blockedAt = -1;
  private int mostPlaced = -1;
  private long steps;

  /**
   * One place of the order: the state before it and what may stand there, the choice that stands
   * there now being the one before {@code next}. Choices are numbers of known operations, and after
   * them those of unknown ones.
   */
  private static final class Level<S> {
    private final S state;
    private final int[] choices;
    private int next;

    private Level(S state, int[] choices) {
      this.state = state;
      this.choices = choices;
    }
  }

  /**
   * @param operations of one part of the model, by invocation
   * @param horizon only what happened before this event counts; what is open then is unknown, but
   *     what is rejected later had no effect before
   */
  LinearSearch(Model<S> model, List<Operation> operations, int horizon, CheckLimits limits) {
    this.model = model;
    this.limits = limits;
    for (var operation : operations) {
      boolean isEnded = operation.endedAt() < horizon;
      if (operation.invokedAt() < horizon && operation.ending() != Ending.REJECTED) {
        (isEnded ? known : unknown).add(operation);
      }
    }
    open = new OpenCalls(known);
    twins = twins(unknown);
    readOnly = new boolean[known.size()];
    for (int i = 0; i < readOnly.length; i++) {
      readOnly[i] = isReadOnly(model, known.get(i));
    }
    placed = new Placed(known.size(), unknown.size());
    seen = new Configurations(limits.configurationsMax());
  }

  static boolean isReadOnly(Model<?> model, Operation operation) {
    return operation.result().filter(told -> model.isReadOnly(operation.call(), told)).isPresent();
  }

  private static int[] twins(List<Operation> unknown) {
    var twins = new int[unknown.size()];
    for (int i = 0; i < twins.length; i++) {
      twins[i] = i - 1;
      while (twins[i] >= 0 && !unknown.get(twins[i]).call().equals(unknown.get(i).call())) {
        twins[i]--;
      }
    }
    return twins;
  }

  Outcome run() {
    push(model.initial());
    while (!open.isEmpty()) {
      if (steps > limits.stepsMax() || seen.isFull()) {
        return Outcome.GAVE_UP;
      }
      var level = path.get(path.size() - 1);
      if (level.next < level.choices.length) {
        tryNext(level);
        continue;
      }
      noteLongest();
      path.remove(path.size() - 1);
      if (path.isEmpty()) {
        return Outcome.NONE;
      }
      takeBack(path.get(path.size() - 1));
    }
    return Outcome.FOUND;
  }

  private void push(S state) {
    path.add(new Level<>(state, open.isEmpty() ? new int[0] : choices(state)));
  }

  private void tryNext(Level<S> level) {
    int choice = level.choices[level.next++];
    var after = after(level.state, choice);
    if (after.isEmpty() || (isUnknown(choice) && after.get().equals(level.state))) {
      return;
    }
    place(choice);
    if (open.isEmpty() || isNew(after.get())) {
      push(after.get());
    } else {
      takeBack(level);
    }
  }

  private boolean isNew(S state) {
    return seen.add(placed.knownWords(firstOpen()), placed.unknownWords(), state);
  }

  private Optional<S> after(S state, int choice) {
    steps++;
    var operation = operation(choice);
    var result = isUnknown(choice) ? Optional.<String>empty() : operation.result();
    return model.step(state, operation.call(), result);
  }

  private boolean isUnknown(int choice) {
    return choice >= known.size();
  }

  private Operation operation(int choice) {
    return isUnknown(choice) ? unknown.get(choice - known.size()) : known.get(choice);
  }

  private int firstOpen() {
    return open.operation(open.first());
  }

  private void place(int choice) {
    if (isUnknown(choice)) {
      placed.addUnknown(choice - known.size());
    } else {
      placed.addKnown(choice);
      open.lift(choice);
    }
  }

  private void takeBack(Level<S> level) {
    int choice = level.choices[level.next - 1];
    if (isUnknown(choice)) {
      placed.removeUnknown(choice - known.size());
    } else {
      placed.removeKnown(choice);
      open.putBack(choice);
    }
  }

  /** What may come next; one alone if it may come without an alternative. */
  private int[] choices(S state) {
    var choices = new ArrayList<Integer>();
    int entry = open.first();
    for (; !open.isEnd(entry); entry = open.after(entry)) {
      int choice = open.operation(entry);
      if (readOnly[choice] && after(state, choice).isPresent()) {
        return new int[] {choice};
      }
      choices.add(choice);
    }
    int end = open.place(entry);
    blockedAt = Math.max(blockedAt, end);
    for (int i = 0; i < unknown.size() && unknown.get(i).invokedAt() < end; i++) {
      if (!placed.hasUnknown(i) && (twins[i] < 0 || placed.hasUnknown(twins[i]))) {
        choices.add(known.size() + i);
      }
    }
    return sorted(state, choices, open.operation(entry)).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Leaves out what does not fit. */
  private List<Integer> sorted(S state, List<Integer> choices, int urgent) {
    var first = new ArrayList<Integer>();
    var second = new ArrayList<Integer>();
    for (int choice : choices) {
      var after = after(state, choice);
      if (after.isPresent()) {
        boolean isHelp =
            choice != urgent && !isUnknown(choice) && after(after.get(), urgent).isPresent();
        (isHelp ? first : second).add(choice);
      }
    }
    if (second.remove((Integer) urgent)) {
      first.add(0, urgent);
    }
    first.addAll(second);
    return first;
  }

  private void noteLongest() {
    if (placed.knownCount() > mostPlaced) {
      mostPlaced = placed.knownCount();
      longest = linearization();
      longestStates = path.stream().map(level -> level.state).toList();
    }
  }

  /** The linearization that was found. */
  List<Operation> linearization() {
    return path.stream()
        .limit(path.size() - 1L)
        .map(level -> operation(level.choices[level.next - 1]))
        .toList();
  }

  /** The longest order that was tried, after a search without success. */
  List<Operation> longest() {
    return longest;
  }

  /** The state before each operation of {@link #longest}, and the one after the last. */
  List<S> longestStates() {
    return longestStates;
  }

  /** The last end in the history that some try came to. */
  int blockedAt() {
    return blockedAt;
  }

  List<Operation> known() {
    return known;
  }

  List<Operation> unknown() {
    return unknown;
  }

  /** Why it gave up. */
  String spent() {
    return limits.spent(seen.isFull());
  }
}
