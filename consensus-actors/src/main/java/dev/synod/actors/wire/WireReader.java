package dev.synod.actors.wire;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Takes the fields that {@link WireWriter} laid. Every length and count is checked against what is
 * left before memory is taken, so no message makes the receiver allocate more than a small multiple
 * of the message's own size.
 *
 * <p>What can't be right throws {@link IllegalArgumentException}, a message that ends too early
 * {@link java.nio.BufferUnderflowException}; {@link WireSerializer} makes one kind of refusal of
 * both.
 */
public final class WireReader {

  /** What the JDK puts in place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final WireContext context;
  private ByteBuffer buffer;
  private boolean isKept;

  WireReader(ByteBuffer buffer, WireContext context) {
    this.buffer = buffer.order(ByteOrder.BIG_ENDIAN);
    this.context = context;
  }

  public byte takeByte() {
    return buffer.get();
  }

  public boolean takeBoolean() {
    byte value = buffer.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("a yes or no is 0 or 1, but got " + value);
    }
    return value == 1;
  }

  public int takeInt() {
    return buffer.getInt();
  }

  public long takeLong() {
    return buffer.getLong();
  }

  /** A log index, a term, a size: never negative. */
  public long takeNatural(String what) {
    long value = buffer.getLong();
    if (value < 0) {
      throw new IllegalArgumentException("%s is never negative: %d".formatted(what, value));
    }
    return value;
  }

  /** How many elements follow that take at least {@code bytesEachMin} bytes each. */
  public int takeCount(int bytesEachMin) {
    int count = buffer.getInt();
    if (count < 0 || count > buffer.remaining() / bytesEachMin) {
      throw new IllegalArgumentException(
          "a count of %d where %d bytes are left".formatted(count, buffer.remaining()));
    }
    return count;
  }

  /** Text; refuses bytes that are no UTF-8. */
  public String takeText() {
    int length = buffer.getShort();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException(
          "a text of %d bytes where %d are left".formatted(length, buffer.remaining()));
    }
    byte[] utf8 = new byte[length];
    buffer.get(utf8);
    var text = new String(utf8, StandardCharsets.UTF_8);
    boolean mayBeMended = text.indexOf(REPLACEMENT) >= 0; // else all was UTF-8
    if (mayBeMended && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw new IllegalArgumentException("a text is no UTF-8");
    }
    return text;
  }

  /** A copy, or a part of one, so that it outlives the buffer. */
  public Bytes takeBytes() {
    int length = takeCount(1);
    if (!isKept) {
      return Bytes.copyFrom(buffer, length);
    }
    var bytes = Bytes.wrap(buffer.array(), buffer.position(), length);
    buffer.position(buffer.position() + length);
    return bytes;
  }

  /**
   * Copies all that is left, once: bytes taken from here on are parts of that copy. For messages
   * that end in many of them.
   */
  void keepRest() {
    if (!isKept) {
      byte[] rest = new byte[buffer.remaining()];
      buffer.get(rest);
      buffer = ByteBuffer.wrap(rest);
      isKept = true;
    }
  }

  public GroupId takeGroup() {
    return new GroupId(takeText());
  }

  public StoreId takeStore() {
    return new StoreId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  public Term takeTerm() {
    return new Term(takeNatural("a term"));
  }

  public LogPosition takePosition() {
    return new LogPosition(takeNatural("an index"), takeTerm());
  }

  public <M> ActorRef<M> takeRef() {
    return ref(takeText());
  }

  public <M> Optional<ActorRef<M>> takeOptionalRef() {
    var path = takeText();
    return path.isEmpty() ? Optional.empty() : Optional.of(ref(path));
  }

  public Object takeValue() throws NotSerializableException {
    return new EncodedValue(takeInt(), takeText(), takeBytes()).decode(context.serialization());
  }

  void expectEnd() {
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          buffer.remaining() + " bytes follow the end of the message");
    }
  }

  private <M> ActorRef<M> ref(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("an actor's path is missing");
    }
    return context.refs().resolveActorRef(path);
  }
}
