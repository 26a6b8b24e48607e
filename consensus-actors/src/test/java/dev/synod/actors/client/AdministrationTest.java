package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.RejectedException;
import dev.synod.actors.UnknownOutcomeException;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.core.Configuration;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.StoreId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Changes of members, as administrators ask for them,")
class AdministrationTest {

  private final ClientFixture client = new ClientFixture();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("are rejected if the only try was refused")
  void refused() {
    client.hosted(client.one);
    var change = change();
    client.answer(
        client.one.expectMessageClass(Ask.class), Optional.empty(), refusal(Reason.INVALID));

    assertThat(failureOf(change)).isInstanceOf(RejectedException.class);
  }

  @Test
  @DisplayName("are unknown if a try without an answer may have done what a later one is refused")
  void earlierTryMayHaveBegun() {
    client.hosted(client.one);
    var change = change();
    client.one.expectMessageClass(Ask.class);
    client.attemptTimesOut();
    client.pausePasses();
    client.answer(
        client.one.expectMessageClass(Ask.class), Optional.empty(), refusal(Reason.INVALID));

    assertThat(failureOf(change)).isInstanceOf(UnknownOutcomeException.class);
  }

  private CompletableFuture<Configuration> change() {
    return client.ref.admin().change(4, Change.remove(StoreId.of(3))).toCompletableFuture();
  }

  private static Throwable failureOf(CompletableFuture<Configuration> change) {
    return change.handle((configuration, failure) -> failure).join().getCause();
  }
}
