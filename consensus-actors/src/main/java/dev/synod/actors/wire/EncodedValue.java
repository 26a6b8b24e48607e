package dev.synod.actors.wire;

import dev.synod.core.Bytes;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;

/**
 * A user's value as bytes, with what is needed to read it again: Pekko's serializer and its
 * manifest, which may name an older version of the class.
 *
 * @param manifest empty where the serializer needs none
 */
public record EncodedValue(int serializerId, String manifest, Bytes body) {

  /** Longest manifest in bytes, as in commands. */
  public static final int MANIFEST_BYTES_MAX = EncodedCommand.MANIFEST_BYTES_MAX;

  /**
   * Encodes by the serializer bound to the value's class.
   *
   * @throws NotSerializableException if none is bound, or it fails; the text names the class
   */
  public static EncodedValue of(Object value, Serialization serialization)
      throws NotSerializableException {
    try {
      var serializer = serialization.findSerializerFor(value);
      var bytes = serialization.serialize(value).get();
      return new EncodedValue(
          serializer.identifier(), Serializers.manifestFor(serializer, value), Bytes.wrap(bytes));
    } catch (Exception e) {
      throw because("can't encode a " + value.getClass().getName(), e);
    }
  }

  /**
   * The value again.
   *
   * @throws NotSerializableException if the serializer or the class is not known here, or the bytes
   *     are not its own; the text names serializer and manifest
   */
  public Object decode(Serialization serialization) throws NotSerializableException {
    try {
      return serialization.deserialize(body.toArray(), serializerId, manifest).get();
    } catch (Exception e) {
      throw because(
          "can't decode %s with serializer %d and manifest \"%s\""
              .formatted(body, serializerId, manifest),
          e);
    }
  }

  private static NotSerializableException because(String what, Exception cause) {
    var exception = new NotSerializableException(what + ": " + cause);
    exception.initCause(cause);
    return exception;
  }
}
