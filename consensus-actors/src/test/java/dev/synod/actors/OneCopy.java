package dev.synod.actors;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.LogReports;
import dev.synod.actors.replica.Refusals;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.core.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The least that is a protocol, for tests of what surrounds one: the member with the lowest name
 * leads for ever, and only it has a log. No quorum, no election, no safety.
 */
final class OneCopy implements Protocol {

  private final String name;

  OneCopy(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.setup(context -> new Replica(context, setup));
  }

  /** One of its replicas. */
  private static final class Replica extends AbstractBehavior<ReplicaMessage> {
    private static final Term TERM = new Term(1);

    private final ReplicaSetup setup;
    private final Member leader;
    private final ActorRef<ApplierMessage> applier;
    private final Refusals refusals;
    private final ArrayDeque<Written> writing = new ArrayDeque<>();
    private long applied;

    Replica(ActorContext<ReplicaMessage> context, ReplicaSetup setup) {
      super(context);
      this.setup = setup;
      this.leader =
          setup.founded().configuration().voters().stream()
              .min(Comparator.comparing(voter -> voter.node().name()))
              .orElseThrow();
      this.applier = context.spawn(setup.applier().apply(context.getSelf()), "applier");
      this.refusals =
          new Refusals(
              setup.group(),
              setup.peers(),
              setup.meters(),
              () -> Optional.ofNullable(setup.roster().get(leader.store())));
      setup.log().listener(new LogReports(context.getSelf()));
      recover();
    }

    private void recover() {
      long last = setup.log().last().index();
      if (last > 0) {
        setup
            .log()
            .read(
                1,
                last,
                result -> {
                  if (result instanceof dev.synod.log.GroupLog.ReadResult.Entries found) {
                    applier.tell(new ApplierMessage.Apply(found.entries(), List.of()));
                  }
                });
      }
    }

    @Override
    public Receive<ReplicaMessage> createReceive() {
      return newReceiveBuilder()
          .onMessage(Propose.class, this::onPropose)
          .onMessage(ReplicaMessage.Durable.class, this::onDurable)
          .onMessage(Ask.class, this::onAsk)
          .onMessage(ReplicaMessage.PeerAt.class, this::onPeerAt)
          .onMessage(ApplierMessage.Applied.class, this::onApplied)
          .onMessage(ReplicaMessage.GetStatus.class, this::onGetStatus)
          .onMessage(ReplicaMessage.Stop.class, this::onStop)
          .onAnyMessage(other -> this)
          .build();
    }

    private Behavior<ReplicaMessage> onPropose(Propose propose) {
      if (!leader.equals(setup.self())) {
        refusals.refuse(propose, Reason.NO_LEADER, "another one leads");
        return this;
      }
      var entries = new ArrayList<Entry>();
      var waiters = new ArrayList<ApplierMessage.Waiter>();
      long index = setup.log().last().index();
      for (var proposal : propose.proposals()) {
        index++;
        entries.add(new Entry(index, TERM, proposal.kind(), proposal.payload()));
        waiters.add(new ApplierMessage.Waiter(index, proposal.tag(), propose.client()));
      }
      writing.add(
          new Written(setup.log().append(entries), new ApplierMessage.Apply(entries, waiters)));
      return this;
    }

    private Behavior<ReplicaMessage> onDurable(ReplicaMessage.Durable durable) {
      while (!writing.isEmpty() && writing.element().ticket() <= durable.ticket()) {
        applier.tell(writing.remove().apply());
      }
      return this;
    }

    private Behavior<ReplicaMessage> onAsk(Ask ask) {
      boolean linearizable =
          ask.questions().stream().anyMatch(one -> one.freshness() instanceof Read.Linearizable);
      if (linearizable && !leader.equals(setup.self())) {
        refusals.refuse(ask, Reason.NO_LEADER, "another one leads");
      } else {
        ask.questions()
            .forEach(
                question ->
                    applier.tell(new ApplierMessage.Answer(ask.client(), question, applied)));
      }
      return this;
    }

    private Behavior<ReplicaMessage> onPeerAt(ReplicaMessage.PeerAt peer) {
      setup.roster().put(peer.store(), peer.replica());
      return this;
    }

    private Behavior<ReplicaMessage> onApplied(ApplierMessage.Applied done) {
      applied = done.index();
      return this;
    }

    private Behavior<ReplicaMessage> onGetStatus(ReplicaMessage.GetStatus get) {
      var last = setup.log().last();
      setup
          .peers()
          .tell(
              get.replyTo(),
              new ReplicaStatus(
                  setup.group(),
                  setup.self(),
                  leader.equals(setup.self()) ? "leader" : "follower",
                  TERM.number(),
                  Optional.of(leader.store()),
                  last.index(),
                  applied,
                  applied,
                  LogPosition.ZERO.index(),
                  Optional.empty(),
                  List.of(),
                  List.of()));
      return this;
    }

    private Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
      stop.replyTo().tell(ReplicaMessage.Stopped.INSTANCE);
      return Behaviors.stopped();
    }

    private record Written(long ticket, ApplierMessage.Apply apply) {}
  }
}
