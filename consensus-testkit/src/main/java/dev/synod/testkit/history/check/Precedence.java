package dev.synod.testkit.history.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * "Comes before" among numbered things: pairs that are given, each with its reason, and what
 * follows from them.
 */
final class Precedence {

  /** How many members of a circle are tried as the start of a shorter one. */
  private static final int STARTS_MAX = 64;

  /** A given pair. */
  record Pair(int before, int after, Reason reason) {}

  /**
   * Why one comes before the other.
   *
   * @param cost 0 or 1: {@link #path} finds the cheapest way
   */
  record Reason(String text, int cost) {}

  private final int size;
  private final List<List<Pair>> into;
  private BitSet[] before = new BitSet[0];

  Precedence(int size) {
    this.size = size;
    into = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      into.add(new ArrayList<>());
    }
  }

  Precedence(Precedence other) {
    size = other.size;
    into = new ArrayList<>();
    other.into.forEach(pairs -> into.add(new ArrayList<>(pairs)));
  }

  void add(int before, int after, Reason reason) {
    into.get(after).add(new Pair(before, after, reason));
  }

  /**
   * Works out what follows from the pairs given up to now.
   *
   * @return a short way round if they go round in a circle; else none, and {@link #precedes} may be
   *     asked
   */
  List<Pair> close() {
    var waitsFor = new int[size];
    int[] order = sorted(waitsFor);
    if (order.length < size) {
      return circle(waitsFor);
    }
    before = new BitSet[size];
    for (int after : order) {
      var all = new BitSet(size);
      for (var pair : into.get(after)) {
        if (!all.get(pair.before())) {
          all.or(before[pair.before()]);
          all.set(pair.before());
        }
      }
      before[after] = all;
    }
    return List.of();
  }

  /** All in an order that keeps the pairs; those on circles, and after them, still wait. */
  private int[] sorted(int[] waitsFor) {
    List<List<Integer>> out = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      out.add(new ArrayList<>());
    }
    for (var pairs : into) {
      for (var pair : pairs) {
        waitsFor[pair.after()]++;
        out.get(pair.before()).add(pair.after());
      }
    }
    var order = new int[size];
    int end = 0;
    for (int i = 0; i < size; i++) {
      if (waitsFor[i] == 0) {
        order[end++] = i;
      }
    }
    for (int at = 0; at < end; at++) {
      for (int after : out.get(order[at])) {
        if (--waitsFor[after] == 0) {
          order[end++] = after;
        }
      }
    }
    return Arrays.copyOf(order, end);
  }

  /** Walks back among those that wait until it meets one again; then looks for shorter ways. */
  private List<Pair> circle(int[] waitsFor) {
    int node = 0;
    while (waitsFor[node] == 0) {
      node++;
    }
    var met = new LinkedHashSet<Integer>();
    while (met.add(node)) {
      node =
          into.get(node).stream()
              .mapToInt(Pair::before)
              .filter(earlier -> waitsFor[earlier] > 0)
              .findFirst()
              .orElseThrow();
    }
    int meeting = node;
    return met.stream()
        .dropWhile(each -> each != meeting)
        .limit(STARTS_MAX)
        .map(start -> path(each -> each == start, start))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  /** Whether it follows, since the last {@link #close}, that one comes before the other. */
  boolean precedes(int one, int other) {
    return before[other].get(one);
  }

  /**
   * The cheapest way from something that fits to the given end, by pairs; empty if there is none.
   */
  List<Pair> path(IntPredicate from, int end) {
    var next = new Pair[size];
    var cost = new int[size];
    Arrays.fill(cost, Integer.MAX_VALUE);
    var queue = new ArrayDeque<int[]>();
    queue.add(new int[] {end, 0});
    while (!queue.isEmpty()) {
      var entry = queue.remove();
      int node = entry[0];
      if (next[node] != null && from.test(node)) {
        return collect(next, node, end);
      }
      if (next[node] != null && entry[1] > cost[node]) {
        continue;
      }
      for (var pair : into.get(node)) {
        int sum = entry[1] + pair.reason().cost();
        if (sum < cost[pair.before()]) {
          cost[pair.before()] = sum;
          next[pair.before()] = pair;
          var found = new int[] {pair.before(), sum};
          if (pair.reason().cost() == 0) {
            queue.addFirst(found);
          } else {
            queue.addLast(found);
          }
        }
      }
    }
    return List.of();
  }

  private static List<Pair> collect(Pair[] next, int start, int end) {
    var path = new ArrayList<Pair>();
    int node = start;
    do {
      path.add(next[node]);
      node = next[node].after();
    } while (node != end);
    return List.copyOf(path);
  }
}
