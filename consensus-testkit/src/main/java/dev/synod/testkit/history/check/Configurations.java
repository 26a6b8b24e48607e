package dev.synod.testkit.history.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The situations that a search has been in: which operations were placed, and the state which that
 * led to. One met again leads nowhere new (Lowe 2017, §3.1); nor does one that differs only in
 * having used up more operations of unknown outcome, which nobody has to place.
 */
final class Configurations {

  private final Map<Configuration, List<long[]>> seen = new HashMap<>();
  private final int sizeMax;
  private int size;

  Configurations(int sizeMax) {
    this.sizeMax = sizeMax;
  }

  /**
   * Remembers a situation.
   *
   * @param known bits of the operations of known outcome that were placed
   * @param unknown bits of those of unknown outcome
   * @return false if it, or a better one, was met before
   */
  boolean add(long[] known, long[] unknown, Object state) {
    var used = seen.computeIfAbsent(new Configuration(known, state), each -> new ArrayList<>(1));
    for (var fewer : used) {
      if (isWithin(fewer, unknown)) {
        return false;
      }
    }
    used.add(unknown);
    size++;
    return true;
  }

  private static boolean isWithin(long[] some, long[] all) {
    for (int i = 0; i < some.length; i++) {
      if ((some[i] & ~all[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isFull() {
    return size >= sizeMax;
  }

  /** Known operations that were placed, and the state. */
  private static final class Configuration {

    private final long[] known;
    private final Object state;

    private Configuration(long[] known, Object state) {
      this.known = known;
      this.state = state;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Configuration that
          && Arrays.equals(that.known, known)
          && that.state.equals(state);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(known) * 31 + state.hashCode();
    }
  }
}
