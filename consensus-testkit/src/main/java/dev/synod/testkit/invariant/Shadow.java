package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Appended;
import dev.synod.testkit.invariant.Change.Based;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Compacted;
import dev.synod.testkit.invariant.Change.Entered;
import dev.synod.testkit.invariant.Change.Follows;
import dev.synod.testkit.invariant.Change.Forced;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Made;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Stopped;
import dev.synod.testkit.invariant.Change.Truncated;
import java.util.Arrays;
import java.util.List;

/** What a replica's changes add up to: epochs of all entries in an array that follows its log. */
final class Shadow implements ReplicaView {

  private final String node;
  private String store = "";
  private boolean isUp;
  private boolean isWitness;
  private boolean leads;
  private long epoch;
  private long committed;
  private long forced;
  private long changed;
  private long base;
  private long[] epochs = new long[64];
  private int size = 1;

  Shadow(String node) {
    this.node = node;
  }

  void take(Change change) {
    if (change instanceof Appended appended) {
      append(appended.index(), appended.epoch());
      isWitness |= appended.isWitnessed();
    } else if (change instanceof Truncated truncated) {
      size = (int) Math.max(1, Math.min(size, truncated.index() - base));
      forced = Math.min(forced, last());
    } else if (change instanceof Forced durable) {
      forced = durable.index();
    } else if (change instanceof Compacted compacted) {
      compact(compacted.index(), compacted.epoch());
      committed = Math.max(committed, base);
    } else if (change instanceof Committed moved) {
      committed = moved.index();
    } else if (change instanceof Based based && based.counts()) {
      committed = Math.max(committed, based.index());
    } else if (change instanceof Made made) {
      changed = Math.max(changed, made.index());
    } else if (change instanceof Entered entered) {
      leads &= entered.epoch() == epoch;
      epoch = entered.epoch();
    } else if (change instanceof Leads won) {
      leads = true;
      epoch = won.epoch();
    } else if (change instanceof Follows) {
      leads = false;
    } else if (change instanceof Started started) {
      isWitness &= store.equals(started.store());
      store = started.store();
      isUp = true;
      leads = false;
      epoch = started.epoch();
      committed = base;
      forced = last();
    } else if (change instanceof Stopped) {
      isUp = false;
      leads = false;
    }
  }

  void recovered(long newBase, List<Long> kept) {
    base = newBase;
    epochs = new long[Math.max(64, kept.size())];
    size = kept.size();
    for (int i = 0; i < size; i++) {
      epochs[i] = kept.get(i);
    }
  }

  private void append(long index, long newEpoch) {
    int at = (int) (index - base);
    if (at >= epochs.length) {
      epochs = Arrays.copyOf(epochs, at * 2);
    }
    epochs[at] = newEpoch;
    size = at + 1;
  }

  private void compact(long index, long newEpoch) {
    boolean held = index <= last() && index >= base && epochAt(index) == newEpoch;
    if (held) {
      int gone = (int) (index - base);
      epochs = Arrays.copyOfRange(epochs, gone, gone + Math.max(64, size - gone));
      size -= gone;
    } else {
      epochs = new long[64];
      epochs[0] = newEpoch;
      size = 1;
    }
    base = index;
    forced = Math.min(forced, last());
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public String store() {
    return store;
  }

  @Override
  public boolean isUp() {
    return isUp;
  }

  @Override
  public boolean isWitness() {
    return isWitness;
  }

  @Override
  public boolean leads() {
    return leads;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public long last() {
    return base + size - 1;
  }

  @Override
  public long epochAt(long index) {
    if (index < base || index > last()) {
      throw new IllegalArgumentException(
          "%s has entries from %d to %d, not %d".formatted(node, base, last(), index));
    }
    return epochs[(int) (index - base)];
  }

  @Override
  public long committed() {
    return committed;
  }

  @Override
  public long forced() {
    return forced;
  }

  @Override
  public long changed() {
    return changed;
  }
}
