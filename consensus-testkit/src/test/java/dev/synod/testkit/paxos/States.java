package dev.synod.testkit.paxos;

import java.util.Arrays;

/**
 * A set of states, each so many numbers, in the order in which they were added. Exact: whole states
 * are compared, not digests of them.
 */
final class States {

  private static final int ABSENT = 0;

  private final int width;
  private long[] words;
  private int[] parents;
  private int[] table = new int[1 << 16];
  private int size;

  States(int width) {
    this.width = width;
    this.words = new long[width << 10];
    this.parents = new int[1 << 10];
  }

  int size() {
    return size;
  }

  /** The state that was added as that number, from 0. */
  void read(int number, long[] into) {
    System.arraycopy(words, number * width, into, 0, width);
  }

  /** The state from which that one was reached. */
  int parent(int number) {
    return parents[number];
  }

  /** Whether it is new. */
  boolean add(long[] state, int parent) {
    if (size * 2 >= table.length) {
      grow();
    }
    int place = place(state, 0);
    if (table[place] != ABSENT) {
      return false;
    }
    if (size == parents.length) {
      parents = Arrays.copyOf(parents, size * 2);
      words = Arrays.copyOf(words, size * 2 * width);
    }
    System.arraycopy(state, 0, words, size * width, width);
    parents[size] = parent;
    table[place] = ++size;
    return true;
  }

  /** Where it is in the table, or would be. */
  private int place(long[] state, int from) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ state[from + i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    int place = (int) hash & (table.length - 1);
    while (table[place] != ABSENT && !isAt(table[place] - 1, state, from)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private boolean isAt(int number, long[] state, int from) {
    for (int i = 0; i < width; i++) {
      if (words[number * width + i] != state[from + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int number = 0; number < size; number++) {
      table[place(words, number * width)] = number + 1;
    }
  }
}
