package dev.synod.testkit.crdt;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.GroupRef;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;

/** A {@link SimulatedLadderGroup} as one node reaches it. */
record WayToGroup(SimulatedLadderGroup group, String node)
    implements GroupRef<LadderCommand, LadderReply> {

  private static final int CHANGES_MAX = 10_000;

  @Override
  public CompletionStage<Outcome<LadderReply>> propose(LadderCommand command) {
    return group.propose(node, command);
  }

  @Override
  public CompletionStage<Outcome<LadderReply>> query(LadderCommand query, Read freshness) {
    return group.query(node, query, freshness);
  }

  @Override
  public Source<AppliedCommand<LadderCommand>, NotUsed> watch(From from) {
    long first = ((From.Index) from).index();
    return Source.<AppliedCommand<LadderCommand>>queue(CHANGES_MAX)
        .mapMaterializedValue(queue -> begin(queue, first));
  }

  private NotUsed begin(BoundedSourceQueue<AppliedCommand<LadderCommand>> queue, long first) {
    group.watch(node, first, queue);
    return NotUsed.getInstance();
  }

  @Override
  public GroupId id() {
    return new GroupId("ladder");
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a ladder proposes, queries and watches");
  }

  @Override
  public CompletionStage<LadderReply> ask(LadderCommand command) {
    throw unused();
  }

  @Override
  public CompletionStage<StatusReply<LadderReply>> askWithStatus(LadderCommand command) {
    throw unused();
  }

  @Override
  public void tell(LadderCommand command, ActorRef<Outcome<LadderReply>> replyTo) {
    throw unused();
  }

  @Override
  public CompletionStage<LadderReply> read(LadderCommand query, Read freshness) {
    throw unused();
  }

  @Override
  public void read(LadderCommand query, Read freshness, ActorRef<Outcome<LadderReply>> replyTo) {
    throw unused();
  }

  @Override
  public CompletionStage<ReplicaStatus> status() {
    throw unused();
  }

  @Override
  public GroupAdmin admin() {
    throw unused();
  }
}
