package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.wire.EncodedCommand;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What a proposal asks for, whichever try of it this is: the tries of one request are equal. */
public sealed interface RequestKey {

  /** That request of that session. */
  record Command(long session, long request) implements RequestKey {}

  /** A session for that client, which needs no more than one. */
  record Session(ActorRef<Answers> client) implements RequestKey {}

  /** Empty if it can't be told; the proposal is then one of its own. */
  static Optional<RequestKey> of(ActorRef<Answers> client, Proposal proposal) {
    return switch (proposal.kind()) {
      case COMMAND ->
          EncodedCommand.numbersOf(proposal.payload())
              .map(numbers -> new Command(numbers.session(), numbers.request()));
      case OPEN_SESSION -> Optional.of(new Session(client));
      case NO_OP, CONFIGURATION, CLOSE_SESSIONS, WITNESSED -> Optional.empty();
    };
  }
}
