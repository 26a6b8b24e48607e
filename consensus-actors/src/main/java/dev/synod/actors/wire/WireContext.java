package dev.synod.actors.wire;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/**
 * What a codec needs of its actor system. Looked up at first use: serializers are made while the
 * system starts.
 */
final class WireContext {

  private final ExtendedActorSystem system;

  WireContext(ExtendedActorSystem system) {
    this.system = system;
  }

  ActorRefResolver refs() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }

  Serialization serialization() {
    return SerializationExtension.get(system);
  }
}
