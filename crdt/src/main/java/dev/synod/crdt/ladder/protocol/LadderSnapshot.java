package dev.synod.crdt.ladder.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of a ladder's group, as it is kept. */
public interface LadderSnapshot {

  /** All of it, in an order; not called before it is needed. */
  Rows rows();

  /**
   * The state, laid out.
   *
   * @param table members and modes
   * @param values of entities that the group ever had the value of
   */
  record Rows(LadderReply.Welcome table, SortedMap<String, Kept> values) implements LadderSnapshot {
    public Rows {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    @Override
    public Rows rows() {
      return this;
    }
  }

  /** An entity's value in its family's codec, and what callers of its operations had seen. */
  record Kept(Bytes value, CausalToken token) {}
}
