package dev.synod.actors.wire;

import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.serialization.DisabledJavaSerializer;
import org.apache.pekko.serialization.JavaSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;

/**
 * Which of Pekko's serializers may write what is kept on disk. Kryo and Java serialization tie the
 * bytes to the classes as they are today: the next version of the application could not read them.
 */
public final class StateSerializers {

  /** Asked for every command, so looked up once for each class. */
  private static final ClassValue<Boolean> IS_KRYO =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.getName().toLowerCase(Locale.ROOT).contains("kryo");
        }
      };

  private final Serialization serialization;

  public StateSerializers(Serialization serialization) {
    this.serialization = serialization;
  }

  /** Why that value can't be kept on disk; empty if it can. */
  public Optional<String> objectionTo(Object value) {
    try {
      var serializer = serialization.findSerializerFor(value);
      return isTiedToClasses(serializer)
          ? Optional.of(objection(value, serializer))
          : Optional.empty();
    } catch (Exception e) { // Scala: a NotSerializableException, undeclared
      return Optional.of(
          """
          no serializer is bound to %s: bind one in pekko.actor.serialization-bindings, such as \
          jackson-cbor\
          """
              .formatted(value.getClass().getName()));
    }
  }

  private static boolean isTiedToClasses(Serializer serializer) {
    return serializer instanceof JavaSerializer
        || serializer instanceof DisabledJavaSerializer
        || IS_KRYO.get(serializer.getClass());
  }

  private static String objection(Object value, Serializer serializer) {
    return ("%s is bound to %s, whose bytes the next version of the class could not read; what is"
            + " kept on disk needs a serializer with a schema, such as jackson-cbor or"
            + " Protobuf: bind it in pekko.actor.serialization-bindings")
        .formatted(value.getClass().getName(), serializer.getClass().getSimpleName());
  }
}
