package dev.synod.testkit.cluster;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.testkit.engine.Draw;
import java.util.Map;
import java.util.TreeMap;

/** Which stores are witnesses: decided once for each, by the group or by lot, and for good. */
final class Kinds {

  private static final int WITNESS_OF_THREE = 1;

  private final boolean some;
  private final Map<StoreId, Boolean> known = new TreeMap<>();

  /**
   * Nothing is known yet.
   *
   * @param some whether newcomers may be witnesses
   */
  Kinds(boolean some) {
    this.some = some;
  }

  void learn(Configuration configuration) {
    for (Member member : configuration.members()) {
      known.putIfAbsent(member.store(), configuration.isWitness(member.store()));
    }
  }

  boolean isWitness(Draw draw, StoreId store) {
    return some && known.computeIfAbsent(store, newcomer -> draw.nextLong(3) < WITNESS_OF_THREE);
  }
}
