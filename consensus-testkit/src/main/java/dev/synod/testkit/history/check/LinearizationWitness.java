package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Tells a person why there is no linearization: how far one can come, and what can't come next.
 *
 * @param part of the model
 * @param lastEvent where the prefix ends that has no linearization
 * @param isShortest whether all shorter prefixes have one
 * @param search of that prefix, ended without success
 */
record LinearizationWitness<S>(
    String part, int lastEvent, boolean isShortest, LinearSearch<S> search) {

  /** Lines of a long order that are shown. */
  private static final int SHOWN_MAX = 12;

  Witness toWitness() {
    var order = search.longest();
    var states = search.longestStates();
    var placed = new HashSet<>(order);
    var left = search.known().stream().filter(operation -> !placed.contains(operation)).toList();
    var text = new StringBuilder(part.isEmpty() ? "" : "part " + part + ": ");
    text.append("nothing explains the first ").append(lastEvent + 1).append(" events");
    text.append(isShortest ? "; fewer can be.\n" : "; perhaps fewer neither.\n");
    text.append("The last of these is the end of\n");
    line(text, lastStraw().toString());
    order(text, order, states);
    text.append("Then the state is ").append(states.get(states.size() - 1));
    text.append(", and these are left:\n");
    int firstEnd = left.stream().mapToInt(Operation::endedAt).min().orElse(Operation.NEVER);
    for (var operation : left) {
      boolean mayBeNext = operation.invokedAt() < firstEnd;
      line(text, operation + (mayBeNext ? "  does not fit" : "  began when another had ended"));
    }
    var unknown =
        search.unknown().stream().filter(operation -> !placed.contains(operation)).toList();
    if (!unknown.isEmpty()) {
      text.append("Open at that point or of unknown outcome, and not used:\n");
      unknown.forEach(operation -> line(text, operation.toString()));
    }
    return new Witness(text.toString(), blamed(left));
  }

  private Operation lastStraw() {
    return search.known().stream()
        .filter(operation -> operation.endedAt() == lastEvent)
        .findFirst()
        .orElseThrow();
  }

  private void order(StringBuilder text, List<Operation> order, List<S> states) {
    long known = order.stream().filter(search.known()::contains).count();
    text.append("The longest order found holds ").append(known).append(" of ");
    text.append(search.known().size()).append(" finished operations:\n");
    int from = Math.max(0, order.size() - SHOWN_MAX);
    if (from > 0) {
      line(text, "… " + from + " more, then");
    }
    for (int i = from; i < order.size(); i++) {
      line(text, order.get(i) + "  in state " + states.get(i));
    }
  }

  private List<Operation> blamed(List<Operation> left) {
    var blamed = new ArrayList<>(left);
    blamed.remove(lastStraw());
    blamed.add(lastStraw());
    return blamed;
  }

  private static void line(StringBuilder text, String line) {
    text.append("    ").append(line).append('\n');
  }
}
