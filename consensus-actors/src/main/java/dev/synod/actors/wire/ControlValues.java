package dev.synod.actors.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How the values in control messages are laid out. Lengths are checked against what is left before
 * memory is taken.
 */
final class ControlValues {

  private ControlValues() {}

  /** Bytes so many as an int says, at most those that are left. */
  private static byte[] takeBytes(Input input) {
    int length = input.readInt(true);
    if (length < 0 || length > left(input)) {
      throw new KryoException(
          "a length of %d where %d bytes are left".formatted(length, left(input)));
    }
    return input.readBytes(length);
  }

  private static void putBytes(Output output, byte[] bytes) {
    output.writeInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  /** Control messages are read from an array that holds all of them. */
  private static int left(Input input) {
    return input.limit() - input.position();
  }

  /** UTF-8. Never null: nothing of ours is. */
  static final class Text extends ImmutableSerializer<String> {
    @Override
    public void write(Kryo kryo, Output output, String text) {
      putBytes(output, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String read(Kryo kryo, Input input, Class<? extends String> type) {
      return new String(takeBytes(input), StandardCharsets.UTF_8);
    }
  }

  static final class Id extends ImmutableSerializer<UUID> {
    @Override
    public void write(Kryo kryo, Output output, UUID id) {
      output.writeLong(id.getMostSignificantBits());
      output.writeLong(id.getLeastSignificantBits());
    }

    @Override
    public UUID read(Kryo kryo, Input input, Class<? extends UUID> type) {
      return new UUID(input.readLong(), input.readLong());
    }
  }

  static final class Store extends ImmutableSerializer<StoreId> {
    @Override
    public void write(Kryo kryo, Output output, StoreId store) {
      output.writeLong(store.uuid().getMostSignificantBits());
      output.writeLong(store.uuid().getLeastSignificantBits());
    }

    @Override
    public StoreId read(Kryo kryo, Input input, Class<? extends StoreId> type) {
      return new StoreId(new UUID(input.readLong(), input.readLong()));
    }
  }

  /** As on disk. */
  static final class Members extends ImmutableSerializer<Configuration> {
    @Override
    public void write(Kryo kryo, Output output, Configuration configuration) {
      putBytes(output, configuration.encode().toArray());
    }

    @Override
    public Configuration read(Kryo kryo, Input input, Class<? extends Configuration> type) {
      return Configuration.decode(Bytes.wrap(takeBytes(input)));
    }
  }

  static final class Maybe extends ImmutableSerializer<Optional<?>> {
    @Override
    public void write(Kryo kryo, Output output, Optional<?> value) {
      output.writeBoolean(value.isPresent());
      value.ifPresent(present -> kryo.writeClassAndObject(output, present));
    }

    @Override
    public Optional<?> read(Kryo kryo, Input input, Class<? extends Optional<?>> type) {
      return input.readBoolean() ? Optional.of(kryo.readClassAndObject(input)) : Optional.empty();
    }
  }

  static final class Elements extends ImmutableSerializer<List<?>> {
    @Override
    public void write(Kryo kryo, Output output, List<?> list) {
      output.writeInt(list.size(), true);
      list.forEach(element -> kryo.writeClassAndObject(output, element));
    }

    @Override
    public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
      int count = input.readInt(true);
      if (count < 0 || count > left(input)) {
        throw new KryoException(
            "%d elements where %d bytes are left".formatted(count, left(input)));
      }
      var list = new ArrayList<Object>(count);
      for (int i = 0; i < count; i++) {
        list.add(kryo.readClassAndObject(input));
      }
      return List.copyOf(list);
    }
  }

  /** The full path with the node's address. */
  static final class Ref extends ImmutableSerializer<ActorRef<?>> {
    private final WireContext context;

    Ref(WireContext context) {
      this.context = context;
    }

    @Override
    public void write(Kryo kryo, Output output, ActorRef<?> ref) {
      putBytes(output, context.refs().toSerializationFormat(ref).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
      return context.refs().resolveActorRef(new String(takeBytes(input), StandardCharsets.UTF_8));
    }
  }
}
