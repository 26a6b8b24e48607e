package dev.synod.actors.client;

import dev.synod.actors.Change;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.AdminRequest.CurrentConfiguration;
import dev.synod.actors.message.AdminRequest.CurrentLeader;
import dev.synod.actors.message.AdminRequest.TransferLeadership;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A group as its administrators see it: asks through the group's client. */
final class ClientGroupAdmin implements GroupAdmin {

  private final Function<AdminRequest, CompletionStage<Object>> ask;

  ClientGroupAdmin(Function<AdminRequest, CompletionStage<Object>> ask) {
    this.ask = ask;
  }

  @Override
  public CompletionStage<Configuration> configuration() {
    return configurationBy(new AdminRequest.GetConfiguration());
  }

  @Override
  public CompletionStage<Configuration> change(long expected, Change change) {
    return configurationBy(
        new AdminRequest.ChangeMembers(
            UUID.randomUUID(), expected, change.wishes(), change.newcomers()));
  }

  @Override
  public CompletionStage<Member> leader() {
    return leaderBy(new AdminRequest.GetLeader());
  }

  @Override
  public CompletionStage<Member> transfer(StoreId to, Duration deadline) {
    return transfer(Optional.of(to), deadline);
  }

  @Override
  public CompletionStage<Member> transfer(Duration deadline) {
    return transfer(Optional.empty(), deadline);
  }

  /** Names the present leader, so that a request that comes twice moves leadership once. */
  private CompletionStage<Member> transfer(Optional<StoreId> to, Duration deadline) {
    long millis = deadline.toMillis();
    return leader().thenCompose(now -> leaderBy(new TransferLeadership(to, now.store(), millis)));
  }

  private CompletionStage<Configuration> configurationBy(AdminRequest request) {
    return ask.apply(request).thenApply(answer -> ((CurrentConfiguration) answer).configuration());
  }

  private CompletionStage<Member> leaderBy(AdminRequest request) {
    return ask.apply(request).thenApply(answer -> ((CurrentLeader) answer).leader());
  }
}
