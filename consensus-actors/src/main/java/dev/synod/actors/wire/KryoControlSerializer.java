package dev.synod.actors.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import dev.synod.actors.message.WireMessage;
import java.io.NotSerializableException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes the control messages between nodes by Kryo: registered classes under fixed ids only
 * ({@link ControlClasses}), for nodes of one range of versions, never for the disk.
 *
 * <p>A class or id that is not known is refused: counted, logged once, and the message dropped by
 * the transport, which goes on with the next one.
 */
public final class KryoControlSerializer extends SerializerWithStringManifest {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_502;

  /** Largest control message in bytes. */
  public static final int MESSAGE_BYTES_MAX = 256 * 1024;

  /** Raised if the encoding of registered classes ever changes. */
  private static final String FORMAT = "1";

  private static final Logger LOG = LoggerFactory.getLogger(KryoControlSerializer.class);
  private static final int POOLED_MAX = 8;
  private static final int OUTPUT_BYTES = 512;
  private static final int LOGGED_MAX = 64;

  private final Pool<Kryo> pool;
  private final AtomicLong refused = new AtomicLong();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  public KryoControlSerializer(ExtendedActorSystem system) {
    var context = new WireContext(system);
    this.pool =
        new Pool<>(true, false, POOLED_MAX) {
          @Override
          protected Kryo create() {
            return ControlClasses.kryo(context);
          }
        };
  }

  /** How many messages were refused so far, in either direction. */
  public long refused() {
    return refused.get();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return FORMAT;
  }

  @Override
  public byte[] toBinary(Object message) {
    var kryo = pool.obtain();
    try {
      var output = new Output(OUTPUT_BYTES, MESSAGE_BYTES_MAX);
      kryo.writeClassAndObject(output, message);
      return output.toBytes();
    } catch (KryoException | IllegalArgumentException e) {
      var text = "a %s can't be sent: %s".formatted(message.getClass().getName(), firstLine(e));
      count(text);
      throw new IllegalArgumentException(text, e);
    } finally {
      pool.free(kryo);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(FORMAT)) {
      throw refusal("control messages of format " + manifest + " are not known here", null);
    }
    if (bytes.length > MESSAGE_BYTES_MAX) {
      throw refusal("a control message of %d bytes is too large".formatted(bytes.length), null);
    }
    var kryo = pool.obtain();
    try {
      var input = new Input(bytes);
      var message = kryo.readClassAndObject(input);
      if (message instanceof WireMessage && input.available() == 0) {
        return message;
      }
      throw refusal(
          "no control message: " + (message == null ? "nothing" : message.getClass().getName()),
          null);
    } catch (NotSerializableException e) {
      throw e;
    } catch (
        Exception e) { // Kryo wraps whatever a constructor or a serializer throws, but not always
      throw refusal("a control message is refused: " + firstLine(e), e);
    } finally {
      pool.free(kryo);
    }
  }

  private NotSerializableException refusal(String text, @Nullable Exception cause) {
    count(text);
    var refusal = new NotSerializableException(text);
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }

  private void count(String text) {
    refused.incrementAndGet();
    if (logged.size() < LOGGED_MAX && logged.add(text)) {
      LOG.warn("{} (said once, counted always)", text);
    }
  }

  /** Kryo's texts go on for lines about how to register classes. */
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
