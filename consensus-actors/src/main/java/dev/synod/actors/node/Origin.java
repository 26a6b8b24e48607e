package dev.synod.actors.node;

import dev.synod.core.Bytes;
import java.util.Optional;

/**
 * What a group began with, besides its members. Founders that were told different things agree on
 * nothing: they would be replicas of two groups with one name.
 *
 * @param protocol its name
 * @param state what tells the state from any other; empty for none
 */
record Origin(String protocol, Bytes state) {

  static Origin of(String protocol, Optional<Restoration> restoration) {
    return new Origin(protocol, restoration.map(Restoration::origin).orElse(Bytes.EMPTY));
  }
}
