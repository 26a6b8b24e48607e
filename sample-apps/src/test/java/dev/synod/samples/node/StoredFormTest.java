package dev.synod.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.chat.Message;
import dev.synod.samples.counter.Counter;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What nodes send each other and keep")
class StoredFormTest {

  private static ActorSystem<Void> system;

  @BeforeAll
  static void start() {
    var config =
        ConfigFactory.parseString("pekko.actor.provider = local")
            .withFallback(ConfigFactory.load("synod-demo-node"));
    system = ActorSystem.create(Behaviors.empty(), "stored-form", config);
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  static List<Object> values() {
    var message = new Message(7, "id", "ann", "grüße", 1_700_000_000_000L);
    return List.of(
        new Counter.Add(-5),
        new Counter.Get(),
        42L,
        new Chat.Post("id", "ann", "grüße", 1_700_000_000_000L),
        new Chat.Recent(7),
        new Chat.Posted(message),
        new Chat.History(List.of(message)));
  }

  @ParameterizedTest
  @MethodSource("values")
  @DisplayName("comes back from its serializer as it was, and not by Java's")
  void comesBack(Object value) throws Exception {
    var serialization = SerializationExtension.get(system);
    var serializer = serialization.findSerializerFor(value);
    var bytes = serializer.toBinary(value);
    var manifest = Serializers.manifestFor(serializer, value);

    var back = serialization.deserialize(bytes, serializer.identifier(), manifest).get();

    assertThat(back).isEqualTo(value);
    assertThat(serializer.getClass().getName()).doesNotContain("JavaSerializer");
  }
}
