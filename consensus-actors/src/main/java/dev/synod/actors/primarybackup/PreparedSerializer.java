package dev.synod.actors.primarybackup;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import java.io.NotSerializableException;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * Transactions and states of {@link PrimaryBackup} as bytes, those of the user by the serializers
 * bound to their classes. By manifest:
 *
 * <pre>
 *   T  Transaction    ticket, yes/no change, then the change (value) or why there is none (text)
 *   S  PreparedState  ticket, value
 *
 *   ticket = long epoch, long chain, long version
 * </pre>
 *
 * They stand in logs and snapshots for years.
 */
public final class PreparedSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_503;

  private static final String TRANSACTION = "T";
  private static final String STATE = "S";

  public PreparedSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return message instanceof Transaction ? TRANSACTION : STATE;
  }

  @Override
  protected void write(Object message, WireWriter out) throws NotSerializableException {
    if (message instanceof Transaction transaction) {
      write(transaction.ticket(), out);
      out.putBoolean(transaction.change().isPresent());
      if (transaction.change().isPresent()) {
        out.putValue(transaction.change().get());
      } else {
        out.putText(transaction.failure());
      }
    } else {
      var prepared = (PreparedState) message;
      write(prepared.ticket(), out);
      out.putValue(prepared.state());
    }
  }

  private static void write(Ticket ticket, WireWriter out) {
    out.putLong(ticket.epoch());
    out.putLong(ticket.chain());
    out.putLong(ticket.version());
  }

  @Override
  protected Object read(String manifest, WireReader in) throws NotSerializableException {
    var ticket =
        new Ticket(
            in.takeNatural("an epoch"), in.takeNatural("a chain"), in.takeNatural("a version"));
    return switch (manifest) {
      case TRANSACTION ->
          in.takeBoolean()
              ? new Transaction(ticket, Optional.of(in.takeValue()), "")
              : new Transaction(ticket, Optional.empty(), in.takeText());
      case STATE -> new PreparedState(ticket, in.takeValue());
      default -> throw new NotSerializableException("no such layout: \"" + manifest + "\"");
    };
  }
}
