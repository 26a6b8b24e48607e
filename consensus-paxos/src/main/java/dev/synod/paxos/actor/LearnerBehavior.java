package dev.synod.paxos.actor;

import dev.synod.actors.Peers;
import dev.synod.core.Outcome;
import dev.synod.core.Quorum;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Learner;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A learner of one decision as an actor: it tells who asks, as soon as it knows. A register has
 * many values one after the other, so it has no learner.
 */
public final class LearnerBehavior {

  private final String key;
  private final Peers peers;
  private final PaxosSettings settings;
  private final List<ActorRef<Outcome<Content>>> asking = new ArrayList<>();
  private Learner<Content> learner;

  private LearnerBehavior(String key, Quorum accept, Peers peers, PaxosSettings settings) {
    this.key = key;
    this.peers = peers;
    this.settings = settings;
    this.learner = Learner.initial(accept);
  }

  /**
   * A learner.
   *
   * @param key which decision
   * @param accept whose acceptances are enough
   */
  public static Behavior<LearnerMessage> of(
      String key, Quorum accept, Peers peers, PaxosSettings settings) {
    return Behaviors.setup(context -> new LearnerBehavior(key, accept, peers, settings).learning());
  }

  private Behavior<LearnerMessage> learning() {
    return Behaviors.receive(LearnerMessage.class)
        .onMessage(LearnerMessage.Hear.class, this::onHear)
        .onMessage(LearnerMessage.Ask.class, this::onAsk)
        .build();
  }

  private Behavior<LearnerMessage> onHear(LearnerMessage.Hear hear) {
    if (hear.key().equals(key)) {
      learner = learner.receive(hear.message());
      tell();
    }
    return Behaviors.same();
  }

  private Behavior<LearnerMessage> onAsk(LearnerMessage.Ask ask) {
    if (asking.size() >= settings.askingMax()) {
      peers.tell(
          ask.replyTo(),
          new Outcome.Rejected<Content>(
              Outcome.Reason.BUSY, "synod.paxos.asking-max others wait for this decision"));
    } else {
      asking.add(ask.replyTo());
      tell();
    }
    return Behaviors.same();
  }

  private void tell() {
    if (learner.learned().isPresent()) {
      var known = new Outcome.Ok<>(learner.learned().get(), 0);
      asking.forEach(one -> peers.tell(one, known));
      asking.clear();
    }
  }
}
