package dev.synod.actors.client;

import dev.synod.actors.Change;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.message.AdminRequest;
import dev.synod.core.Configuration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A group as its administrators see it: asks through the group's client. */
final class ClientGroupAdmin implements GroupAdmin {

  private final Function<AdminRequest, CompletionStage<Configuration>> ask;

  ClientGroupAdmin(Function<AdminRequest, CompletionStage<Configuration>> ask) {
    this.ask = ask;
  }

  @Override
  public CompletionStage<Configuration> configuration() {
    return ask.apply(new AdminRequest.GetConfiguration());
  }

  @Override
  public CompletionStage<Configuration> change(long expected, Change change) {
    return ask.apply(
        new AdminRequest.ChangeMembers(
            UUID.randomUUID(), expected, change.wishes(), change.newcomers()));
  }
}
