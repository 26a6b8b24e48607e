package dev.synod.actors;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A replicated group as its callers see it: the same on every node, whoever leads. Safe for use by
 * many threads.
 *
 * <p>Commands are applied exactly once, however often they are sent again on the way. Those sent
 * without waiting for the reply of the one before may be applied in another order when a leader
 * changes.
 *
 * <p>Every call is answered by the deadline {@code synod.client.ask-timeout}. Stages are completed
 * on the actor system's default dispatcher: what depends on them must not block there. In an actor,
 * use {@code context.pipeToSelf}.
 *
 * @param <C> commands and queries, immutable; encoded by the Pekko serializer bound to their class
 * @param <R> replies
 */
public interface GroupRef<C, R> {

  GroupId id();

  /**
   * Applies the command and gives the reply. Fails with a {@link RejectedException} if it was
   * certainly not applied, and with an {@link UnknownOutcomeException} if that can't be told.
   */
  CompletionStage<R> ask(C command);

  /** Applies the command and gives what became of it, as a value: the stage itself never fails. */
  CompletionStage<Outcome<R>> propose(C command);

  /**
   * As {@link #ask}, with Pekko's idiom for failures: the stage never fails, its status may be an
   * error with a {@link RejectedException} or an {@link UnknownOutcomeException}.
   */
  CompletionStage<StatusReply<R>> askWithStatus(C command);

  /** Applies the command and tells an actor of this actor system what became of it. */
  void tell(C command, ActorRef<Outcome<R>> replyTo);

  /**
   * Answers the query without changing anything: as fresh as asked for, from any replica that can
   * give it. Fails with a {@link RejectedException} if there was no answer before the deadline.
   */
  CompletionStage<R> read(C query, Read freshness);

  /**
   * As {@link #read(Object, Read)}, and gives what became of it as a value: the stage itself never
   * fails. The {@link Outcome.Ok#index} is what to {@link #watch} after.
   */
  CompletionStage<Outcome<R>> query(C query, Read freshness);

  /** As {@link #query}, telling an actor of this actor system. */
  void read(C query, Read freshness, ActorRef<Outcome<R>> replyTo);

  /**
   * Every change of the group's state from there on, in order, without a gap and each one once. Any
   * replica serves it; when that one goes, the stream goes on at another one where it was. Each run
   * of the stream is a watch of its own.
   *
   * <p>A consumer that is slow slows nobody but itself. It fails with a {@link CompactedException}
   * if what it wants next is not kept any more by any replica that can be reached, and with a
   * {@link WatchFailedException} if a change can't be read here.
   */
  Source<AppliedCommand<C>, NotUsed> watch(From from);

  /**
   * How the group is, seen by its leader, or by any replica that can be reached while no leader is
   * known.
   */
  CompletionStage<ReplicaStatus> status();

  /** For administrators: who belongs to the group, and changes of that. */
  GroupAdmin admin();
}
