package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;

/**
 * A replica of one shard of the keys has what another shard's of its node awaits.
 *
 * @param changes all that is merged there, or what was awaited of changes that do not count so yet
 * @param follows what these follow in all shards, as far as that may not have come to this node
 */
public record Reached(Effect.Await what, VersionVector changes, CausalToken follows) {}
