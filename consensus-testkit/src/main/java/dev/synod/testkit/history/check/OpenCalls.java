package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The operations of known outcome that a search has not placed yet: their invocations and ends in
 * the order of the history, as a linked list from which an operation is lifted when it is placed
 * and into which it is put back in reverse order (Wing and Gong 1993; Lowe 2017, §2.2).
 *
 * <p>Entries are numbers; the list begins after {@link #HEAD} and ends there too.
 */
final class OpenCalls {

  static final int HEAD = 0;

  private final int[] next;
  private final int[] previous;
  private final int[] operation;
  private final int[] place;
  private final boolean[] isEnd;
  private final int[] invocationOf;
  private final int[] endOf;

  /**
   * @param operations by invocation, each with an end
   */
  OpenCalls(List<Operation> operations) {
    int size = 2 * operations.size() + 1;
    next = new int[size];
    previous = new int[size];
    operation = new int[size];
    place = new int[size];
    isEnd = new boolean[size];
    invocationOf = new int[operations.size()];
    endOf = new int[operations.size()];
    link(operations);
  }

  private void link(List<Operation> operations) {
    record Mark(int place, int operation, boolean isEnd) {}

    var marks = new ArrayList<Mark>();
    for (int i = 0; i < operations.size(); i++) {
      marks.add(new Mark(operations.get(i).invokedAt(), i, false));
      marks.add(new Mark(operations.get(i).endedAt(), i, true));
    }
    marks.sort(Comparator.comparingInt(Mark::place));
    int entry = HEAD;
    for (var mark : marks) {
      next[entry] = entry + 1;
      entry++;
      previous[entry] = entry - 1;
      operation[entry] = mark.operation();
      place[entry] = mark.place();
      isEnd[entry] = mark.isEnd();
      (mark.isEnd() ? endOf : invocationOf)[mark.operation()] = entry;
    }
    next[entry] = HEAD;
    previous[HEAD] = entry;
  }

  int first() {
    return next[HEAD];
  }

  int after(int entry) {
    return next[entry];
  }

  boolean isEmpty() {
    return next[HEAD] == HEAD;
  }

  boolean isEnd(int entry) {
    return isEnd[entry];
  }

  int operation(int entry) {
    return operation[entry];
  }

  /** Where in the history the entry stands. */
  int place(int entry) {
    return place[entry];
  }

  int invocationOf(int operation) {
    return invocationOf[operation];
  }

  void lift(int operation) {
    unlink(invocationOf[operation]);
    unlink(endOf[operation]);
  }

  /** The reverse of the last {@link #lift} that was not yet reversed. */
  void putBack(int operation) {
    relink(endOf[operation]);
    relink(invocationOf[operation]);
  }

  private void unlink(int entry) {
    next[previous[entry]] = next[entry];
    previous[next[entry]] = previous[entry];
  }

  private void relink(int entry) {
    next[previous[entry]] = entry;
    previous[next[entry]] = entry;
  }
}
