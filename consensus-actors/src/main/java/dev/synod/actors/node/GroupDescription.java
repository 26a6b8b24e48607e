package dev.synod.actors.node;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.SessionLimits;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a store keeps for good about a group that was founded: how, and by which protocol it lives.
 * The description in the group's log.
 *
 * <pre>
 *   byte    format           1
 *   byte    protocol length  1 to {@value Protocol#NAME_BYTES_MAX}
 *   bytes   protocol         UTF-8
 *   long    incarnation
 *   int     sessions         that may be open at a time
 *   int     replies          kept for each session
 *   bytes   configuration    the first one, as {@link Configuration#encode}; all the rest
 * </pre>
 */
record GroupDescription(String protocol, Founded founded) {

  private static final byte FORMAT = 1;
  private static final int NUMBERS_BYTES = Long.BYTES + 2 * Integer.BYTES;

  Bytes encode() {
    Protocol.checkName(protocol);
    byte[] name = protocol.getBytes(StandardCharsets.UTF_8);
    var configuration = founded.configuration().encode();
    var buffer = ByteBuffer.allocate(2 + name.length + NUMBERS_BYTES + configuration.length());
    buffer.put(FORMAT).put((byte) name.length).put(name).putLong(founded.incarnation());
    buffer.putInt(founded.sessions().sessionsMax());
    buffer.putInt(founded.sessions().repliesPerSessionMax());
    configuration.writeTo(buffer);
    return Bytes.wrap(buffer.array());
  }

  /** The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong. */
  static GroupDescription decode(Bytes bytes) {
    try {
      var description = decode(bytes.asBuffer());
      if (!description.encode().equals(bytes)) {
        throw new IllegalArgumentException("a description has one layout, but found another");
      }
      return description;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "a group's description ends too early, after " + bytes.length() + " bytes", e);
    }
  }

  private static GroupDescription decode(ByteBuffer buffer) {
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "format %d of a group's description is not known here: written by a newer version?"
              .formatted(format));
    }
    int length = buffer.get();
    if (length < 1 || length > Protocol.NAME_BYTES_MAX || length > buffer.remaining()) {
      throw new IllegalArgumentException("a protocol's name of " + length + " bytes");
    }
    var protocol = Bytes.copyFrom(buffer, length).asUtf8();
    long incarnation = buffer.getLong();
    var sessions = new SessionLimits(buffer.getInt(), buffer.getInt());
    var configuration = Configuration.decode(Bytes.copyFrom(buffer, buffer.remaining()));
    return new GroupDescription(protocol, new Founded(incarnation, configuration, sessions));
  }
}
