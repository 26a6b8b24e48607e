package dev.synod.actors.wire;

import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/**
 * A serializer of hand-laid messages: straight into and out of the transport's buffers. A message
 * that can't be right is refused with a {@link NotSerializableException} which says why; the
 * transport then drops that message and goes on.
 *
 * <p>A manifest names a layout, not a class: it never changes its meaning, and a changed layout
 * gets another.
 */
public abstract class WireSerializer extends SerializerWithStringManifest
    implements ByteBufferSerializer {

  /**
   * Largest message in bytes that {@link #toBinary(Object)} makes; transports bound theirs far
   * below.
   */
  public static final int MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

  private static final int FIRST_TRY_BYTES = 1024;

  private final WireContext context;

  protected WireSerializer(ExtendedActorSystem system) {
    this.context = new WireContext(system);
  }

  /** Lays the message out. */
  protected abstract void write(Object message, WireWriter out) throws NotSerializableException;

  /**
   * The message again; may throw {@link IllegalArgumentException} and {@link
   * BufferUnderflowException} too.
   */
  protected abstract Object read(String manifest, WireReader in) throws NotSerializableException;

  @Override
  public final void toBinary(Object message, ByteBuffer buffer) {
    var order = buffer.order();
    try {
      write(message, new WireWriter(buffer, context));
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } finally {
      buffer.order(order);
    }
  }

  /** For transports without buffers of their own. */
  @Override
  public final byte[] toBinary(Object message) {
    for (int size = FIRST_TRY_BYTES; ; size *= 4) {
      var buffer = ByteBuffer.allocate(Math.min(size, MESSAGE_BYTES_MAX));
      try {
        toBinary(message, buffer);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
      } catch (BufferOverflowException e) {
        if (size >= MESSAGE_BYTES_MAX) {
          throw new IllegalArgumentException(
              "a message takes more than " + MESSAGE_BYTES_MAX + " bytes", e);
        }
      }
    }
  }

  @Override
  public final Object fromBinary(ByteBuffer buffer, String manifest)
      throws NotSerializableException {
    ByteOrder order = buffer.order();
    int length = buffer.remaining();
    try {
      var in = new WireReader(buffer, context);
      var message = read(manifest, in);
      in.expectEnd();
      return message;
    } catch (BufferUnderflowException e) {
      throw refused(manifest, length, "it ends too early", e);
    } catch (IllegalArgumentException e) {
      throw refused(manifest, length, e.getMessage(), e);
    } finally {
      buffer.order(order);
    }
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return fromBinary(ByteBuffer.wrap(bytes), manifest);
  }

  /** For a manifest that {@link #read} does not know. */
  protected static IllegalArgumentException unknown(String manifest) {
    return new IllegalArgumentException(
        "no such message is known here: sent by a newer version? Manifest " + manifest);
  }

  private static NotSerializableException refused(
      String manifest, int length, @Nullable String why, Exception cause) {
    var refusal =
        new NotSerializableException(
            "a message \"%s\" of %d bytes is refused: %s".formatted(manifest, length, why));
    refusal.initCause(cause);
    return refusal;
  }
}
