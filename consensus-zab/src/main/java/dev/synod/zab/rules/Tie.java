package dev.synod.zab.rules;

import dev.synod.core.StoreId;

/**
 * What binds a server to its leader.
 *
 * @param phase how far it has come
 * @param counts whether it accepted the epoch for this leader, so that the leader may count it
 */
public record Tie(StoreId leader, Phase phase, boolean counts) {

  static Tie to(StoreId leader) {
    return new Tie(leader, Phase.DISCOVERY, false);
  }

  Tie in(Phase next) {
    return new Tie(leader, next, counts);
  }
}
