package dev.synod.actors.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A question to an actor")
class AskingTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final ActorTestKit KIT = ActorTestKit.create();

  private record Question(ActorRef<String> replyTo) {}

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  @Test
  @DisplayName("is answered on the system's dispatcher: no thread is started for a step")
  void dispatcher() throws Exception {
    var asked = KIT.createTestProbe(Question.class);
    var step =
        Asking.ask(KIT.system(), asked.ref(), Question::new, LONG)
            .thenApply(answer -> answer + " " + Thread.currentThread().getName());
    asked.receiveMessage().replyTo().tell("here");
    assertThat(step.toCompletableFuture().get()).startsWith("here ").contains("default-dispatcher");
  }

  @Test
  @DisplayName("that nobody answers fails")
  void late() {
    var asked = KIT.createTestProbe(Question.class);
    var answer =
        Asking.ask(KIT.system(), asked.ref(), Question::new, Duration.ofMillis(1))
            .toCompletableFuture();
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }
}
