package dev.synod.paxos.actor;

import dev.synod.actors.wire.WireWriter;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import java.util.function.Consumer;

/**
 * How one message is laid out, after its key.
 *
 * @param manifest names the layout on the wire; never changes its meaning
 * @param fields writes the message's own fields
 */
record RegisterLayout(String manifest, Consumer<WireWriter> fields) {

  static final String PREPARE = "PP";
  static final String ACCEPT = "AC";
  static final String PROMISE = "PM";
  static final String ACCEPTED = "AD";
  static final String NACK = "NK";
  static final String LEARN_ACCEPTED = "LA";
  static final String LEARN_CHOSEN = "LC";

  private static final OfMessage OF_MESSAGE = new OfMessage();

  static RegisterLayout of(AcceptorMessage.Hear hear) {
    var layout = hear.request().match(OF_MESSAGE);
    return new RegisterLayout(
        layout.manifest(), layout.fields().andThen(out -> out.putRef(hear.replyTo())));
  }

  static RegisterLayout of(ProposerMessage.Hear hear) {
    return hear.answer().match(OF_MESSAGE);
  }

  static RegisterLayout of(LearnerMessage.Hear hear) {
    return hear.message().match(new ToLearner());
  }

  private static void putContent(Content content, WireWriter out) {
    out.putBoolean(content.bytes().isPresent());
    content.bytes().ifPresent(out::putBytes);
  }

  private static void putAccepted(PaxosMessage.Accepted<Content> accepted, WireWriter out) {
    out.putStore(accepted.from());
    BallotField.put(accepted.ballot(), out);
    putContent(accepted.value(), out);
  }

  /** The layout of each message between proposers and acceptors. */
  private static final class OfMessage
      implements PaxosMessage.ForAcceptor<Content, RegisterLayout>,
          PaxosMessage.ForProposer<Content, RegisterLayout> {

    @Override
    public RegisterLayout prepare(PaxosMessage.Prepare<Content> prepare) {
      return new RegisterLayout(PREPARE, out -> BallotField.put(prepare.ballot(), out));
    }

    @Override
    public RegisterLayout accept(PaxosMessage.Accept<Content> accept) {
      return new RegisterLayout(
          ACCEPT,
          out -> {
            BallotField.put(accept.ballot(), out);
            putContent(accept.value(), out);
          });
    }

    @Override
    public RegisterLayout promise(PaxosMessage.Promise<Content> promise) {
      return new RegisterLayout(
          PROMISE,
          out -> {
            out.putStore(promise.from());
            BallotField.put(promise.ballot(), out);
            out.putBoolean(promise.vote().isPresent());
            promise
                .vote()
                .ifPresent(
                    vote -> {
                      BallotField.put(vote.ballot(), out);
                      putContent(vote.value(), out);
                    });
          });
    }

    @Override
    public RegisterLayout accepted(PaxosMessage.Accepted<Content> accepted) {
      return new RegisterLayout(ACCEPTED, out -> putAccepted(accepted, out));
    }

    @Override
    public RegisterLayout nack(PaxosMessage.Nack<Content> nack) {
      return new RegisterLayout(
          NACK,
          out -> {
            out.putStore(nack.from());
            BallotField.put(nack.ballot(), out);
            BallotField.put(nack.promised(), out);
          });
    }
  }

  /** What learners are told has manifests of its own: an acceptance goes to proposers too. */
  private static final class ToLearner implements PaxosMessage.ForLearner<Content, RegisterLayout> {

    @Override
    public RegisterLayout accepted(PaxosMessage.Accepted<Content> accepted) {
      return new RegisterLayout(LEARN_ACCEPTED, out -> putAccepted(accepted, out));
    }

    @Override
    public RegisterLayout chosen(PaxosMessage.Chosen<Content> chosen) {
      return new RegisterLayout(
          LEARN_CHOSEN,
          out -> {
            BallotField.put(chosen.ballot(), out);
            putContent(chosen.value(), out);
          });
    }
  }
}
