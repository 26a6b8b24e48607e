package dev.synod.actors.wire;

import dev.synod.actors.message.WireMessage;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * As the serializer of control messages, but for one message, for which it writes an id that nobody
 * knows.
 */
public final class PoisonSerializer extends SerializerWithStringManifest {

  private final KryoControlSerializer control;

  public PoisonSerializer(ExtendedActorSystem system) {
    this.control = new KryoControlSerializer(system);
  }

  @Override
  public int identifier() {
    return control.identifier();
  }

  @Override
  public String manifest(Object message) {
    return control.manifest(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return message instanceof Poison ? new byte[] {100} : control.toBinary(message);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return control.fromBinary(bytes, manifest);
  }

  /** Sent by a node of some other version. */
  record Poison() implements WireMessage {}
}
