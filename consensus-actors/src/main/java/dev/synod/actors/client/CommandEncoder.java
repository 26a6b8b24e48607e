package dev.synod.actors.client;

import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.pekko.serialization.DisabledJavaSerializer;
import org.apache.pekko.serialization.JavaSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * Turns commands into the bytes that go into the log, by the Pekko serializer bound to their class;
 * on the caller's thread.
 */
final class CommandEncoder {

  private final Serialization serialization;
  private final int commandBytesMax;

  CommandEncoder(Serialization serialization, int commandBytesMax) {
    this.serialization = serialization;
    this.commandBytesMax = commandBytesMax;
  }

  /**
   * The result of {@code encoded} on the command's bytes, or that of {@code refused} on the reason
   * why there are none.
   */
  <T> T encode(
      Object command, Function<EncodedBody, T> encoded, Function<Outcome<Object>, T> refused) {
    try {
      var serializer = serialization.findSerializerFor(command);
      if (isUnfitForDisk(serializer)) {
        return refused.apply(Request.rejected(Reason.INVALID, unfit(command, serializer)));
      }
      var manifest = Serializers.manifestFor(serializer, command);
      byte[] bytes = serializer.toBinary(command);
      if (bytes.length > commandBytesMax) {
        return refused.apply(Request.rejected(Reason.INVALID, tooLarge(command, bytes.length)));
      }
      if (manifest.getBytes(StandardCharsets.UTF_8).length > EncodedCommand.MANIFEST_BYTES_MAX) {
        return refused.apply(
            Request.rejected(Reason.INVALID, name(command) + " has too long a manifest"));
      }
      return encoded.apply(new EncodedBody(serializer.identifier(), manifest, Bytes.wrap(bytes)));
    } catch (Exception e) { // a serializer is foreign code and may throw anything
      return refused.apply(
          Request.rejected(Reason.INVALID, name(command) + " can't be encoded: " + e));
    }
  }

  /** Formats which don't outlive the version of the program that wrote them. */
  private static boolean isUnfitForDisk(Serializer serializer) {
    return serializer instanceof JavaSerializer
        || serializer instanceof DisabledJavaSerializer
        || serializer.getClass().getSimpleName().contains("Kryo");
  }

  private static String unfit(Object command, Serializer serializer) {
    return ("%s would be encoded by %s, whose format does not outlive a version of the program, but"
            + " commands stay in the log: bind the class to another serializer, such as"
            + " pekko.actor.serialization-bindings { \"%s\" = jackson-cbor }")
        .formatted(name(command), serializer.getClass().getSimpleName(), name(command));
  }

  private String tooLarge(Object command, int length) {
    return "%s takes %d bytes, but synod.command-bytes-max is %d"
        .formatted(name(command), length, commandBytesMax);
  }

  private static String name(Object command) {
    return command.getClass().getName();
  }
}
