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
 * A frame of length 0 asks whether the other side lives; it answers with the same.
 */
final class Frames {

  static final int GREETING_BYTES = 24;
  static final int LENGTH_BYTES = Integer.BYTES;
  static final int SIGN_OF_LIFE = 0;

  private static final long MAGIC =
      ByteBuffer.wrap("SYNODCH1".getBytes(StandardCharsets.US_ASCII)).getLong();

  private static final int ROOM_FIRST = 4 * 1024;

  private final Serialization serialization;
  private final int bytesMax;

  /**
   * Frames of that serialization.
   *
   * @param bytesMax largest frame
   */
  Frames(Serialization serialization, int bytesMax) {
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

  /** Whether what begins there is a greeting with that secret. */
  static boolean takeGreeting(ByteBuf in, UUID secret) {
    long different = in.readLong() ^ MAGIC;
    different |= in.readLong() ^ secret.getMostSignificantBits();
    different |= in.readLong() ^ secret.getLeastSignificantBits();
    return different == 0;
  }

  /**
   * Lays a message behind what is there.
   *
   * @throws IllegalArgumentException if it can't be sent; the buffer is as it was
   */
  void put(ByteBuf out, byte[] path, Object message) {
    int start = out.writerIndex();
    boolean complete = false;
    try {
      var serializer = serialization.findSerializerFor(message);
      out.writeInt(0);
      out.writeInt(serializer.identifier());
      putManifest(out, Serializers.manifestFor(serializer, message));
      out.writeShort(path.length).writeBytes(path);
      if (serializer instanceof ByteBufferSerializer direct) {
        putDirect(out, direct, message, start + LENGTH_BYTES + bytesMax);
      } else {
        out.writeBytes(serializer.toBinary(message));
      }
      int length = out.writerIndex() - start - LENGTH_BYTES;
      if (length > bytesMax) {
        throw new IllegalArgumentException(tooLarge(message));
      }
      out.setInt(start, length);
      complete = true;
    } finally {
      if (!complete) {
        out.writerIndex(start);
      }
    }
  }

  private static void putManifest(ByteBuf out, String manifest) {
    byte[] utf8 = manifest.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("a manifest is too long: " + manifest);
    }
    out.writeByte(utf8.length).writeBytes(utf8);
  }

  /** How large it gets is not known before: tries again with more room. */
  private void putDirect(ByteBuf out, ByteBufferSerializer serializer, Object message, int end) {
    int start = out.writerIndex();
    for (int room = ROOM_FIRST; ; room *= 4) {
      out.ensureWritable(Math.min(room, end - start));
      var buffer = out.nioBuffer(start, Math.min(out.writableBytes(), end - start));
      try {
        serializer.toBinary(message, buffer);
        out.writerIndex(start + buffer.position());
        return;
      } catch (BufferOverflowException e) {
        if (buffer.limit() >= end - start) {
          throw new IllegalArgumentException(tooLarge(message), e);
        }
      }
    }
  }

  private String tooLarge(Object message) {
    return "a %s takes more than the %d bytes of a frame"
        .formatted(message.getClass().getSimpleName(), bytesMax);
  }

  /** A frame's serializer and manifest, then whom it is for, then the message. */
  interface Receiver {
    void receive(String path, Object message);
  }

  /**
   * Takes the frame apart, all of whose bytes are there.
   *
   * @throws NotSerializableException if the message can't be read; the text says why
   * @throws RuntimeException if the frame can't be right
   */
  void take(ByteBuf frame, Receiver receiver) throws NotSerializableException {
    int serializer = frame.readInt();
    var manifest = takeText(frame, frame.readByte());
    var path = takeText(frame, frame.readShort());
    receiver.receive(
        path, serialization.deserializeByteBuffer(frame.nioBuffer(), serializer, manifest));
  }

  private static String takeText(ByteBuf frame, int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a text's length is " + length);
    }
    return frame.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }
}
