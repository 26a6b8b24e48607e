package dev.synod.actors.replica;

import dev.synod.core.StoreId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When each server was last heard, for people to see: no rule depends on it. */
public final class Contacts {

  private final LongSupplier nanoTime;
  private final Map<StoreId, Long> heard = new HashMap<>();

  /**
   * @param nanoTime monotonic, in nanoseconds
   */
  public Contacts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** That server has said something. */
  public void heard(StoreId store) {
    heard.put(store, nanoTime.getAsLong());
  }

  /** Milliseconds since that server was heard; -1 if never. */
  public long ageMillis(StoreId store) {
    var at = heard.get(store);
    return at == null ? -1 : (nanoTime.getAsLong() - at) / 1_000_000;
  }
}
