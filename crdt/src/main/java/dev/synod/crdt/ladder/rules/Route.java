package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.Reason;

/** Where an operation is done. */
public sealed interface Route {

  /** Here, under that mode. */
  record Here(ConsistencyMode mode) implements Route {}

  /** By the group. */
  record Group() implements Route {}

  /** Nowhere yet, and why. */
  record Nowhere(Reason reason, String text) implements Route {}
}
