package dev.synod.actors.client;

import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.actors.wire.StateSerializers;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.serialization.Serialization;

/**
 * Turns commands into the bytes that go into the log, by the Pekko serializer bound to their class;
 * on the caller's thread.
 */
final class CommandEncoder {

  private final Serialization serialization;
  private final StateSerializers allowed;
  private final int commandBytesMax;

  CommandEncoder(Serialization serialization, int commandBytesMax) {
    this.serialization = serialization;
    this.allowed = new StateSerializers(serialization);
    this.commandBytesMax = commandBytesMax;
  }

  /**
   * What {@code encoded} makes of the bytes, or {@code refused} of the reason why there are none.
   */
  <T> T encode(
      Object command, Function<EncodedValue, T> encoded, Function<Outcome<Object>, T> refused) {
    var objection = allowed.objectionTo(command);
    if (objection.isPresent()) {
      return refused.apply(Request.rejected(Reason.INVALID, objection.get()));
    }
    try {
      var value = EncodedValue.of(command, serialization);
      var excess = excessOf(value);
      return excess.isEmpty()
          ? encoded.apply(value)
          : refused.apply(
              Request.rejected(Reason.INVALID, command.getClass().getName() + " " + excess.get()));
    } catch (NotSerializableException e) {
      return refused.apply(Request.rejected(Reason.INVALID, String.valueOf(e.getMessage())));
    }
  }

  private Optional<String> excessOf(EncodedValue value) {
    int length = value.body().length();
    if (length > commandBytesMax) {
      return Optional.of(
          "takes %d bytes, but synod.command-bytes-max is %d".formatted(length, commandBytesMax));
    }
    int manifest = value.manifest().getBytes(StandardCharsets.UTF_8).length;
    return manifest > EncodedCommand.MANIFEST_BYTES_MAX
        ? Optional.of("has a manifest of %d bytes, which is too long".formatted(manifest))
        : Optional.empty();
  }
}
