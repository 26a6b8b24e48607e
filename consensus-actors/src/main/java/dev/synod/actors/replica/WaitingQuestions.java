package dev.synod.actors.replica;

import dev.synod.actors.replica.ApplierMessage.Answer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Questions that wait for the state to reach an index, in the order of those indexes. Bounded. */
final class WaitingQuestions {

  private final int countMax;
  private final TreeMap<Long, Queue<Answer>> byIndex = new TreeMap<>();
  private int count;

  WaitingQuestions(int countMax) {
    this.countMax = countMax;
  }

  /** False if no more may wait. */
  boolean add(Answer question) {
    if (count >= countMax) {
      return false;
    }
    byIndex.computeIfAbsent(question.index(), index -> new ArrayDeque<>(2)).add(question);
    count++;
    return true;
  }

  /**
   * Takes out all that wait for an index up to {@code applied}, lowest index first, each index in
   * order of arrival.
   */
  void releaseUpTo(long applied, Consumer<Answer> answer) {
    for (Map.Entry<Long, Queue<Answer>> first = byIndex.firstEntry();
        first != null && first.getKey() <= applied;
        first = byIndex.firstEntry()) {
      byIndex.remove(first.getKey());
      count -= first.getValue().size();
      first.getValue().forEach(answer);
    }
  }

  int count() {
    return count;
  }
}
