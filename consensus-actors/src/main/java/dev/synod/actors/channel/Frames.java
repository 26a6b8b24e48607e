package dev.synod.actors.channel;

import io.netty.buffer.ByteBuf;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;

/**
 * What travels on a connection, big-endian. It begins with
 *
 * <pre>
 *   8 bytes "SYNODCH1", 16 bytes secret
 * </pre>
 *
 * and goes on with frames
 *
 * <pre>
 *   int length of what follows
 *   int serializer, byte length, manifest in UTF-8     as Pekko's serialization knows them
 *   short length, path of the receiving actor in UTF-8
 *   the message
 * </pre>
 *
 * A frame of length 0 is a sign of life. The other direction carries nothing else.
 */
public final class Frames {

  static final int GREETING_BYTES = 24;
  static final int LENGTH_BYTES = Integer.BYTES;
  static final int SIGN_OF_LIFE = 0;

  private static final long MAGIC =
      ByteBuffer.wrap("SYNODCH1".getBytes(StandardCharsets.US_ASCII)).getLong();

  /** For the message alone; the buffer has more as a rule. */
  private static final int ROOM_FIRST = 4 * 1024;

  private static final long ROOM_FACTOR = 4;

  private final Serialization serialization;
  private final int bytesMax;

  /**
   * A message, and the path of the actor that it is for.
   *
   * @param path with the address of its actor system
   */
  public record Delivery(String path, Object message) {}

  /**
   * Frames of that serialization.
   *
   * @param bytesMax largest frame, in either direction
   */
  public Frames(Serialization serialization, int bytesMax) {
    this.serialization = serialization;
    this.bytesMax = bytesMax;
  }

  int bytesMax() {
    return bytesMax;
  }

  static void putGreeting(ByteBuf out, UUID secret) {
    out.writeLong(MAGIC);
    out.writeLong(secret.getMostSignificantBits());
    out.writeLong(secret.getLeastSignificantBits());
  }

  /** Whether what begins there is a greeting with that secret; takes the same time if not. */
  static boolean takeGreeting(ByteBuf in, UUID secret) {
    long different = in.readLong() ^ MAGIC;
    different |= in.readLong() ^ secret.getMostSignificantBits();
    different |= in.readLong() ^ secret.getLeastSignificantBits();
    return different == 0;
  }

  /**
   * Lays a message behind what is there.
   *
   * @param path of the receiving actor, in UTF-8
   * @throws IllegalArgumentException if the message takes more than a frame; the buffer is as it
   *     was, as after any exception of the message's serializer
   */
  public void put(ByteBuf out, byte[] path, Object message) {
    int start = out.writerIndex();
    boolean complete = false;
    try {
      var serializer = serialization.findSerializerFor(message);
      byte[] manifest =
          Serializers.manifestFor(serializer, message).getBytes(StandardCharsets.UTF_8);
      refuseIf(manifest.length > Byte.MAX_VALUE, "a manifest takes too many bytes");
      refuseIf(path.length > Short.MAX_VALUE, "an actor's path takes too many bytes");
      out.writeInt(0).writeInt(serializer.identifier());
      out.writeByte(manifest.length).writeBytes(manifest);
      out.writeShort(path.length).writeBytes(path);
      int room = bytesMax - (out.writerIndex() - start - LENGTH_BYTES);
      if (serializer instanceof ByteBufferSerializer direct) {
        putDirect(out, direct, message, room);
      } else {
        byte[] bytes = serializer.toBinary(message);
        if (bytes.length > room) {
          throw new IllegalArgumentException(tooLarge(message));
        }
        out.writeBytes(bytes);
      }
      out.setInt(start, out.writerIndex() - start - LENGTH_BYTES);
      complete = true;
    } finally {
      if (!complete) {
        out.writerIndex(start);
      }
    }
  }

  /** How large it gets is not known before: tries again with more room. */
  private void putDirect(ByteBuf out, ByteBufferSerializer serializer, Object message, int most) {
    int start = out.writerIndex();
    long room = ROOM_FIRST;
    while (true) {
      out.ensureWritable((int) Math.max(0, Math.min(room, most)));
      int limit = Math.max(0, Math.min(out.writableBytes(), most));
      var buffer = out.nioBuffer(start, limit);
      try {
        serializer.toBinary(message, buffer);
        out.writerIndex(start + buffer.position());
        return;
      } catch (BufferOverflowException e) {
        if (limit >= most) {
          throw new IllegalArgumentException(tooLarge(message), e);
        }
        room = ROOM_FACTOR * limit;
      }
    }
  }

  private String tooLarge(Object message) {
    return "a %s takes more than the %d bytes of a frame"
        .formatted(message.getClass().getSimpleName(), bytesMax);
  }

  /**
   * Takes a frame apart, all of whose bytes are there, without the length.
   *
   * @throws NotSerializableException if the message can't be read; the text says why
   * @throws IllegalArgumentException if this can't be a frame; the text says why
   */
  public Delivery take(ByteBuf frame) throws NotSerializableException {
    int serializer = need(frame, Integer.BYTES).readInt();
    var manifest = takeText(frame, need(frame, Byte.BYTES).readByte());
    var path = takeText(frame, need(frame, Short.BYTES).readShort());
    try {
      return new Delivery(
          path, serialization.deserializeByteBuffer(frame.nioBuffer(), serializer, manifest));
    } catch (Exception e) { // a serializer of the application may throw anything
      var unreadable =
          new NotSerializableException(
              "a message for %s can't be read (serializer %d, manifest %s): %s"
                  .formatted(path, serializer, manifest, e));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static String takeText(ByteBuf frame, int length) {
    refuseIf(length < 0, "a text's length is below zero");
    return need(frame, length).readCharSequence(length, StandardCharsets.UTF_8).toString();
  }

  private static ByteBuf need(ByteBuf frame, int bytes) {
    refuseIf(frame.readableBytes() < bytes, "a frame ends before what it says that it holds");
    return frame;
  }

  private static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }
}
