package dev.synod.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.WireMessage;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Over Pekko's remoting")
class RefusedOnTheWireTest {

  private static final Config REMOTE =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = remote
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              """)
          .withFallback(ConfigFactory.parseResources("synod-serialization.conf"))
          .withFallback(ConfigFactory.load());

  private static final Config POISONED =
      ConfigFactory.parseString(
              "pekko.actor.serializers.synod-control = \"dev.synod.actors.wire.PoisonSerializer\"")
          .withFallback(REMOTE);

  private record Unregistered() implements WireMessage {}

  @Test
  @DisplayName("a message that can't be read, or can't be written, does not close the connection")
  void othersGetThrough() {
    var here = ActorTestKit.create("here", POISONED);
    var there = ActorTestKit.create("there", REMOTE);
    try {
      var probe = there.<WireMessage>createTestProbe();
      ActorRef<WireMessage> remote =
          ActorRefResolver.get(here.system())
              .resolveActorRef(
                  ActorRefResolver.get(there.system()).toSerializationFormat(probe.ref()));
      var good = new Located(WireSamples.GROUP, Optional.empty());

      remote.tell(new PoisonSerializer.Poison());
      remote.tell(new Unregistered());
      remote.tell(good);

      assertThat(probe.receiveMessage(Duration.ofSeconds(30))).isEqualTo(good);
      var control =
          (KryoControlSerializer)
              SerializationExtension.get(there.system()).findSerializerFor(good);
      assertThat(control.refused()).isEqualTo(1);
    } finally {
      here.shutdownTestKit();
      there.shutdownTestKit();
    }
  }
}
