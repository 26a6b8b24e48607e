package dev.synod.actors.wire;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Lays fields into a buffer, big-endian whatever the buffer's own order, so that the same message
 * has the same bytes everywhere. A buffer that is too small throws {@link
 * java.nio.BufferOverflowException}.
 */
public final class WireWriter {

  /** Longest text in bytes of UTF-8: names, addresses, actor paths, reasons. */
  public static final int TEXT_BYTES_MAX = Short.MAX_VALUE;

  private final ByteBuffer buffer;
  private final WireContext context;

  WireWriter(ByteBuffer buffer, WireContext context) {
    this.buffer = buffer.order(ByteOrder.BIG_ENDIAN);
    this.context = context;
  }

  public void putByte(int value) {
    buffer.put((byte) value);
  }

  public void putBoolean(boolean value) {
    buffer.put((byte) (value ? 1 : 0));
  }

  public void putInt(int value) {
    buffer.putInt(value);
  }

  public void putLong(long value) {
    buffer.putLong(value);
  }

  /** Length as a short, then UTF-8. */
  public void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > TEXT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a text has at most %d bytes on the wire, but got %d"
              .formatted(TEXT_BYTES_MAX, utf8.length));
    }
    buffer.putShort((short) utf8.length).put(utf8);
  }

  /** Length as an int, then the bytes, copied once. */
  public void putBytes(Bytes bytes) {
    buffer.putInt(bytes.length());
    bytes.writeTo(buffer);
  }

  public void putGroup(GroupId group) {
    putText(group.name());
  }

  public void putStore(StoreId store) {
    buffer.putLong(store.uuid().getMostSignificantBits());
    buffer.putLong(store.uuid().getLeastSignificantBits());
  }

  /** Index, then term. */
  public void putPosition(LogPosition position) {
    buffer.putLong(position.index()).putLong(position.term().number());
  }

  public void putRef(ActorRef<?> ref) {
    putText(context.refs().toSerializationFormat(ref));
  }

  /** An empty text stands for none. */
  public void putRef(Optional<? extends ActorRef<?>> ref) {
    putText(ref.isEmpty() ? "" : context.refs().toSerializationFormat(ref.get()));
  }

  /** Serializer id, manifest, bytes: as the serializer bound to the value's class makes them. */
  public void putValue(Object value) throws NotSerializableException {
    var encoded = EncodedValue.of(value, context.serialization());
    putInt(encoded.serializerId());
    putText(encoded.manifest());
    putBytes(encoded.body());
  }
}
