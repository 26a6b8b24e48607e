package dev.synod.actors.node;

import dev.synod.actors.Members;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.Durable;
import dev.synod.actors.message.ReplicaMessage.GetStatus;
import dev.synod.actors.message.ReplicaMessage.LogFailed;
import dev.synod.actors.message.ReplicaMessage.PeerAt;
import dev.synod.actors.message.ReplicaMessage.Stop;
import dev.synod.actors.message.ReplicaMessage.Stopped;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.node.Founders.Decision;
import dev.synod.actors.replica.LogReports;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Outcome.Rejected;
import dev.synod.core.StoreId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;

/**
 * A replica before it is one: meets the other named members, writes down how the group was founded,
 * and only once that is durable becomes the protocol's replica. A group that was founded goes
 * straight on. It never votes and keeps no client waiting.
 */
final class Founding extends AbstractBehavior<ReplicaMessage> {

  private static final String NOT_FOUNDED =
      "the group is not founded yet: its members have not all met";

  private final FoundingSetup setup;
  private final Founders founders;
  private final Map<StoreId, ActorRef<ReplicaMessage>> roster = new HashMap<>();
  private Optional<Founded> adopted = Optional.empty();
  private long ticket;
  private String trouble = "";
  private boolean isStranger;

  private Founding(ActorContext<ReplicaMessage> context, FoundingSetup setup) {
    super(context);
    this.setup = setup;
    this.founders =
        new Founders(
            setup.group(),
            setup.self(),
            setup.named(),
            setup.joins(),
            setup.sessions(),
            Origin.of(setup.protocol().name(), setup.restoring()));
  }

  static Behavior<ReplicaMessage> create(FoundingSetup setup) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(setup.protocol().getClass());
          var description = setup.log().description().map(GroupDescription::decode);
          description.ifPresent(known -> remember(context.getLog(), setup, known.founded()));
          return description.isPresent()
              ? founded(setup, description.get().founded(), Map.of())
              : new Founding(context, setup).begin();
        });
  }

  /** Says at each start, for good, that this group is not what it was. */
  private static void remember(Logger log, FoundingSetup setup, Founded founded) {
    int forced = new Incarnation(founded.incarnation()).generation();
    if (forced > 0) {
      log.warn(
          "group {}: its configuration was forced, {} time(s) by now, after the loss of a quorum",
          setup.group(),
          forced);
    }
  }

  @Override
  public Receive<ReplicaMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Hello.class, this::onHello)
        .onMessage(PeerAt.class, this::onPeerAt)
        .onMessage(Durable.class, this::onDurable)
        .onMessage(Installed.class, this::onInstalled)
        .onMessage(LogFailed.class, this::onLogFailed)
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Pull.class, this::onPull)
        .onMessage(GetStatus.class, this::onGetStatus)
        .onMessage(Stop.class, this::onStop)
        .onAnyMessage(early -> this) // peers that are ahead: they say it again
        .build();
  }

  private Behavior<ReplicaMessage> begin() {
    setup.log().listener(new LogReports(getContext().getSelf()));
    return decide(founders.begin());
  }

  private Behavior<ReplicaMessage> onHello(Hello hello) {
    var next = decide(founders.hear(hello));
    if (isStranger) {
      hello
          .configuration()
          .filter(known -> Readmission.placeOf(setup.self(), known).isPresent())
          .ifPresent(known -> askToBeLetIn());
    }
    return next;
  }

  /** It goes on when this has become a replica: the configuration that let it in may be undone. */
  private void askToBeLetIn() {
    if (getContext().getChild(Readmission.NAME).isEmpty()) {
      setup.readmission().ifPresent(asking -> getContext().spawn(asking, Readmission.NAME));
    }
  }

  private Behavior<ReplicaMessage> decide(Decision decision) {
    if (adopted.isPresent()) {
      return this;
    }
    if (decision instanceof Decision.Adopt adopt) {
      adopted = Optional.of(adopt.founded());
      if (setup.restoring().isPresent()) {
        restore(setup.restoring().get(), adopt.founded());
      } else {
        describe(adopt.founded());
      }
      return this; // serves once the description is durable
    } else if (decision instanceof Decision.Stranger && setup.joins()) {
      isStranger = true;
      trouble = "waits for a membership change to let it in";
    } else if (decision instanceof Decision.Stranger && setup.readmission().isPresent()) {
      isStranger = true;
      trouble = "its store began empty; asks the group to be let in again";
    } else if (decision instanceof Decision.Stranger stranger) {
      isStranger = true;
      complain(
          ("the group was founded with other stores (%s), and this node's store "
                      + "%s is not one of them:")
                  .formatted(stranger.founded().configuration().members(), setup.self().store())
              + " if it lost its disk, it takes part again once a membership change lets it in");
    } else if (decision instanceof Decision.OtherOrigin other) {
      complain(
          ("the group was founded by %s with another protocol, other quorums or another state than"
                  + " here, where it is %s: start it the same, or restore the same backup, on all"
                  + " founders")
              .formatted(other.founded().configuration().members(), setup.protocol().name()));
    } else if (decision instanceof Decision.Misnamed misnamed) {
      complain(
          ("the group was founded by %s, but here its members are named as %s: "
                  + "name the same everywhere, with the same witnesses and observers")
              .formatted(foundersOf(misnamed.founded()), setup.named()));
    }
    return this;
  }

  private static Members foundersOf(Founded founded) {
    var configuration = founded.configuration();
    return new Members(
        configuration.members().stream().map(Member::node).toList(),
        names(configuration, configuration::isWitness),
        names(configuration, store -> !configuration.isVoter(store)));
  }

  private static List<String> names(Configuration configuration, Predicate<StoreId> kind) {
    return configuration.members().stream()
        .filter(member -> kind.test(member.store()))
        .map(member -> member.node().name())
        .toList();
  }

  private void describe(Founded founded) {
    ticket = setup.log().describe(new GroupDescription(setup.protocol().name(), founded).encode());
  }

  /** The state is there before the description says that the group was founded with it. */
  private void restore(Restoration restoration, Founded founded) {
    getContext()
        .pipeToSelf(
            setup.install().apply(restoration, founded),
            (done, failure) ->
                new Installed(Optional.ofNullable(failure).map(Throwable::toString)));
  }

  private Behavior<ReplicaMessage> onInstalled(Installed installed) {
    if (installed.failure().isPresent()) {
      throw new ReplicaFailure(installed.failure().get());
    }
    adopted.ifPresent(this::describe);
    return this;
  }

  /** The state of a backup is in place, or could not be put there. */
  private record Installed(Optional<String> failure) implements ReplicaMessage {}

  private Behavior<ReplicaMessage> onPeerAt(PeerAt peer) {
    roster.put(peer.store(), peer.replica());
    return this;
  }

  private Behavior<ReplicaMessage> onDurable(Durable durable) {
    boolean isDescribed = ticket > 0 && durable.ticket() >= ticket;
    return isDescribed && adopted.isPresent() ? serve(adopted.get()) : this;
  }

  private Behavior<ReplicaMessage> serve(Founded founded) {
    getContext()
        .getLog()
        .info("group {} is founded by {}", setup.group(), founded.configuration().members());
    return founded(setup, founded, roster);
  }

  private static Behavior<ReplicaMessage> founded(
      FoundingSetup setup, Founded founded, Map<StoreId, ActorRef<ReplicaMessage>> roster) {
    setup.node().tell(new NodeTask.FoundedHere(setup.group(), founded));
    return setup.protocol().replica(setup.replica().apply(founded, new HashMap<>(roster)));
  }

  private Behavior<ReplicaMessage> onLogFailed(LogFailed failed) {
    throw new ReplicaFailure(failed.failure().message());
  }

  private Behavior<ReplicaMessage> onPropose(Propose propose) {
    refuse(propose.client(), propose.proposals().stream().mapToLong(one -> one.tag()));
    return this;
  }

  private Behavior<ReplicaMessage> onAsk(Ask ask) {
    refuse(ask.client(), ask.questions().stream().mapToLong(one -> one.tag()));
    return this;
  }

  private Behavior<ReplicaMessage> onPull(Pull pull) {
    var why = isStranger ? trouble : NOT_FOUNDED;
    setup.peers().tell(pull.watcher(), new NotServed(setup.group(), pull.number(), why));
    return this;
  }

  private void refuse(ActorRef<Answers> client, LongStream tags) {
    var refusal =
        isStranger
            ? new Rejected<>(Reason.NOT_HOSTED, trouble)
            : new Rejected<>(Reason.NO_LEADER, NOT_FOUNDED);
    var answers = tags.mapToObj(tag -> new Answer(tag, refusal)).toList();
    setup.peers().tell(client, new Answers(setup.group(), Optional.empty(), answers));
  }

  private Behavior<ReplicaMessage> onGetStatus(GetStatus ask) {
    var status =
        new ReplicaStatus(
            setup.group(),
            setup.self(),
            setup.joins() ? "joining" : isStranger ? "stranger" : "founding",
            0,
            Optional.empty(),
            0,
            0,
            0,
            0,
            Optional.of(trouble).filter(text -> !text.isEmpty()),
            List.of(),
            List.of());
    setup.peers().tell(ask.replyTo(), status);
    return this;
  }

  private Behavior<ReplicaMessage> onStop(Stop stop) {
    stop.replyTo().tell(Stopped.INSTANCE);
    return Behaviors.stopped();
  }

  /** Says each trouble once, not with every Hello. */
  private void complain(String text) {
    if (!text.equals(trouble)) {
      trouble = text;
      getContext().getLog().error("group {}: {}", setup.group(), text);
    }
  }
}
