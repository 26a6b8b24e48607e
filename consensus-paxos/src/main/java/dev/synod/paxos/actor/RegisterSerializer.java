package dev.synod.paxos.actor;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Bytes;
import dev.synod.paxos.protocol.PaxosMessage.Accept;
import dev.synod.paxos.protocol.PaxosMessage.Accepted;
import dev.synod.paxos.protocol.PaxosMessage.Chosen;
import dev.synod.paxos.protocol.PaxosMessage.Nack;
import dev.synod.paxos.protocol.PaxosMessage.Prepare;
import dev.synod.paxos.protocol.PaxosMessage.Promise;
import dev.synod.paxos.protocol.PaxosMessage.ToAcceptor;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Content;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What proposers, acceptors and learners of decisions and registers say to each other, as bytes.
 * Each message begins with {@code text key}; then, by manifest:
 *
 * <pre>
 *   to an acceptor, with {@code ref replyTo} at the end
 *   PP  Prepare   ballot
 *   AC  Accept    ballot, content
 *
 *   to a proposer
 *   PM  Promise   16 bytes from, ballot, yes/no: has voted, and if so: ballot, content
 *   AD  Accepted  16 bytes from, ballot, content
 *   NK  Nack      16 bytes from, ballot, ballot promised
 *
 *   to a learner
 *   LA  Accepted  16 bytes from, ballot, content
 *   LC  Chosen    ballot, content
 *
 *   ballot  = {@link BallotField}
 *   content = yes/no: is something, and if so: int length, the bytes
 * </pre>
 */
public final class RegisterSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_514;

  public RegisterSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return layoutOf(message).manifest();
  }

  @Override
  protected void write(Object message, WireWriter out) {
    out.putText(keyOf(message));
    layoutOf(message).fields().accept(out);
  }

  private static RegisterLayout layoutOf(Object message) {
    if (message instanceof AcceptorMessage.Hear hear) {
      return RegisterLayout.of(hear);
    }
    return message instanceof ProposerMessage.Hear hear
        ? RegisterLayout.of(hear)
        : RegisterLayout.of((LearnerMessage.Hear) message);
  }

  private static String keyOf(Object message) {
    if (message instanceof AcceptorMessage.Hear hear) {
      return hear.key();
    }
    return message instanceof ProposerMessage.Hear hear
        ? hear.key()
        : ((LearnerMessage.Hear) message).key();
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    String key = takeKey(in);
    return switch (manifest) {
      case RegisterLayout.PREPARE -> request(key, new Prepare<>(BallotField.take(in)), in);
      case RegisterLayout.ACCEPT ->
          request(key, new Accept<>(BallotField.take(in), takeContent(in)), in);
      case RegisterLayout.PROMISE ->
          new ProposerMessage.Hear(
              key, new Promise<>(in.takeStore(), BallotField.take(in), takeVote(in)));
      case RegisterLayout.ACCEPTED -> new ProposerMessage.Hear(key, takeAccepted(in));
      case RegisterLayout.NACK ->
          new ProposerMessage.Hear(
              key, new Nack<>(in.takeStore(), BallotField.take(in), BallotField.take(in)));
      case RegisterLayout.LEARN_ACCEPTED -> new LearnerMessage.Hear(key, takeAccepted(in));
      case RegisterLayout.LEARN_CHOSEN ->
          new LearnerMessage.Hear(key, new Chosen<>(BallotField.take(in), takeContent(in)));
      default -> throw unknown(manifest);
    };
  }

  private static AcceptorMessage.Hear request(
      String key, ToAcceptor<Content> request, WireReader in) {
    return new AcceptorMessage.Hear(key, request, in.takeRef());
  }

  private static Accepted<Content> takeAccepted(WireReader in) {
    return new Accepted<>(in.takeStore(), BallotField.take(in), takeContent(in));
  }

  private static Optional<Vote<Content>> takeVote(WireReader in) {
    return in.takeBoolean()
        ? Optional.of(new Vote<>(BallotField.take(in), takeContent(in)))
        : Optional.empty();
  }

  private static Content takeContent(WireReader in) {
    return in.takeBoolean() ? Content.of(in.takeBytes()) : Content.NOTHING;
  }

  private static String takeKey(WireReader in) {
    String key = in.takeText();
    int length = Bytes.utf8(key).length();
    if (length < 1 || length > EntryFormat.KEY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a key is 1 to %d bytes, but got %d".formatted(EntryFormat.KEY_BYTES_MAX, length));
    }
    return key;
  }
}
