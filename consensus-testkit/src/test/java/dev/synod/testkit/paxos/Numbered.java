package dev.synod.testkit.paxos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives equal things one number, from 0. */
final class Numbered<T> {

  private final String what;
  private final int max;
  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> things = new ArrayList<>();

  /**
   * @param max how many there may be
   */
  Numbered(String what, int max) {
    this.what = what;
    this.max = max;
  }

  int of(T thing) {
    var known = numbers.get(thing);
    if (known != null) {
      return known;
    }
    if (things.size() == max) {
      throw new IllegalStateException("more than " + max + " " + what);
    }
    numbers.put(thing, things.size());
    things.add(thing);
    return things.size() - 1;
  }

  T at(int number) {
    return things.get(number);
  }

  int size() {
    return things.size();
  }
}
