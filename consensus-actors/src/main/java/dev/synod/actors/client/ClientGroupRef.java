package dev.synod.actors.client;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Peers;
import dev.synod.actors.RejectedException;
import dev.synod.actors.UnknownOutcomeException;
import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.actors.watch.WatchSetup;
import dev.synod.actors.watch.WatchSource;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A group as its callers see it: encodes commands on the caller's thread and hands them to the
 * group's client.
 */
public final class ClientGroupRef<C, R> implements GroupRef<C, R> {

  private final GroupId id;
  private final ActorRef<GroupClientMessage> client;
  private final CommandEncoder encoder;
  private final WatchSetup watches;

  /** Speaks through that client; watches ask replicas by themselves. */
  public ClientGroupRef(
      GroupId id,
      ActorRef<GroupClientMessage> client,
      Peers peers,
      Serialization serialization,
      int commandBytesMax,
      WatchSettings watch) {
    this.id = id;
    this.client = client;
    this.encoder = new CommandEncoder(serialization, commandBytesMax);
    this.watches = new WatchSetup(id, client, peers, serialization, watch);
  }

  @Override
  public GroupId id() {
    return id;
  }

  @Override
  public CompletionStage<R> ask(C command) {
    return propose(command).thenCompose(ClientGroupRef::replyOf);
  }

  @Override
  public CompletionStage<Outcome<R>> propose(C command) {
    var outcome = new CompletableFuture<Outcome<Object>>();
    submit(command, new Reply.ToFuture(outcome));
    return typed(outcome);
  }

  @Override
  public CompletionStage<StatusReply<R>> askWithStatus(C command) {
    return propose(command).thenApply(ClientGroupRef::statusOf);
  }

  @Override
  public void tell(C command, ActorRef<Outcome<R>> replyTo) {
    submit(command, new Reply.ToActor(untyped(replyTo)));
  }

  @Override
  public CompletionStage<R> read(C query, Read freshness) {
    return query(query, freshness).thenCompose(ClientGroupRef::replyOf);
  }

  @Override
  public CompletionStage<Outcome<R>> query(C query, Read freshness) {
    var outcome = new CompletableFuture<Outcome<Object>>();
    client.tell(new ClientTask.Query(query, freshness, new Reply.ToFuture(outcome)));
    return typed(outcome);
  }

  @Override
  public void read(C query, Read freshness, ActorRef<Outcome<R>> replyTo) {
    client.tell(new ClientTask.Query(query, freshness, new Reply.ToActor(untyped(replyTo))));
  }

  @Override
  public Source<AppliedCommand<C>, NotUsed> watch(From from) {
    return Source.fromGraph(new WatchSource<>(watches, from));
  }

  @Override
  public CompletionStage<ReplicaStatus> status() {
    var status = new CompletableFuture<ReplicaStatus>();
    client.tell(new ClientTask.Inquire(status));
    return status;
  }

  @Override
  public GroupAdmin admin() {
    return new ClientGroupAdmin(this::administer);
  }

  /**
   * Up to where the group's leader knows entries to be committed. Fails with a {@link
   * RejectedException} if no leader answered.
   */
  public CompletionStage<Long> committedIndex() {
    return asked(new AdminRequest.GetConfiguration())
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Ok<?> ok
                    ? CompletableFuture.completedStage(ok.index())
                    : CompletableFuture.failedStage(exceptionOf(outcome)));
  }

  private CompletionStage<Object> administer(AdminRequest request) {
    return asked(request).thenCompose(ClientGroupRef::replyOf);
  }

  private CompletionStage<Outcome<Object>> asked(AdminRequest request) {
    var outcome = new CompletableFuture<Outcome<Object>>();
    client.tell(new ClientTask.Query(request, Read.linearizable(), new Reply.ToFuture(outcome)));
    return outcome;
  }

  private void submit(C command, Reply reply) {
    encoder
        .<Runnable>encode(
            command,
            value -> () -> client.tell(new ClientTask.Submit(value, reply)),
            refusal -> () -> reply.tell(refusal))
        .run();
  }

  private static <R> CompletionStage<R> replyOf(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Ok<R> ok) {
      return CompletableFuture.completedStage(ok.reply());
    }
    return CompletableFuture.failedStage(exceptionOf(outcome));
  }

  private static <R> StatusReply<R> statusOf(Outcome<R> outcome) {
    return outcome instanceof Outcome.Ok<R> ok
        ? StatusReply.success(ok.reply())
        : StatusReply.error(exceptionOf(outcome));
  }

  private static RuntimeException exceptionOf(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return new RejectedException(rejected.reason(), rejected.text());
    }
    return new UnknownOutcomeException(
        outcome instanceof Outcome.Unknown<?> unknown ? unknown.text() : outcome.toString());
  }

  /** The machine's own type says what its replies are; they were erased on the way. */
  @SuppressWarnings("unchecked")
  private static <R> CompletionStage<Outcome<R>> typed(CompletableFuture<Outcome<Object>> outcome) {
    return (CompletionStage<Outcome<R>>) (CompletionStage<?>) outcome;
  }

  @SuppressWarnings("unchecked")
  private static <R> ActorRef<Outcome<Object>> untyped(ActorRef<Outcome<R>> actor) {
    return (ActorRef<Outcome<Object>>) (ActorRef<?>) actor;
  }
}
