package dev.synod.actors.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.core.Outcome;
import java.io.Serializable;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A command's bytes")
class CommandEncoderTest {

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
              """
              pekko.actor.allow-java-serialization = on
              pekko.actor.serialization-bindings {
                "dev.synod.actors.client.CommandEncoderTest$Add" = jackson-cbor
                "dev.synod.actors.client.CommandEncoderTest$Kept" = synod-control
              }
              """));
  private final CommandEncoder encoder =
      new CommandEncoder(SerializationExtension.get(kit.system()), 1_000);

  record Add(int amount) {}

  record Kept(int amount) {}

  record Old(int amount) implements Serializable {}

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  @Test
  @DisplayName("are made by the serializer bound to its class, and name it")
  void encodes() {
    var value = encoder.encode(new Add(3), encoded -> encoded.manifest(), refusal -> "refused");

    assertThat(value).isEqualTo(Add.class.getName());
  }

  @Test
  @DisplayName("are refused if Kryo would make them: the text names the class and what to bind")
  void refusesKryo() {
    assertThat(refusalOf(new Kept(3)))
        .contains(Kept.class.getName(), "Kryo", "jackson-cbor", "serialization-bindings");
  }

  @Test
  @DisplayName("are refused if Java serialization would make them")
  void refusesJavaSerialization() {
    assertThat(refusalOf(new Old(3)))
        .contains(Old.class.getName(), "jackson-cbor", "serialization-bindings");
  }

  @Test
  @DisplayName("are refused if no serializer is bound")
  void refusesUnbound() {
    assertThat(refusalOf(new Object())).contains("java.lang.Object", "serialization-bindings");
  }

  @Test
  @DisplayName("are refused if there are too many: the text names the setting and both numbers")
  void refusesTooMany() {
    assertThat(refusalOf("x".repeat(1_001))).contains("synod.command-bytes-max", "1001", "1000");
  }

  private String refusalOf(Object command) {
    return encoder.encode(
        command, encoded -> "encoded", refusal -> ((Outcome.Rejected<Object>) refusal).text());
  }
}
