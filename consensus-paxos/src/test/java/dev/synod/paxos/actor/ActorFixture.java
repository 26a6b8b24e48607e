package dev.synod.paxos.actor;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.Content;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;

/** An actor system in virtual time, and what its actors are made of. */
abstract class ActorFixture {

  static final String KEY = "k";
  static final StoreId S1 = StoreId.of(1);
  static final StoreId S2 = StoreId.of(2);
  static final StoreId S3 = StoreId.of(3);
  static final Ballot LOW = new Ballot(1, S1);
  static final Ballot HIGH = new Ballot(1, S2);
  static final Content A = Content.of(Bytes.utf8("a"));
  static final Content B = Content.of(Bytes.utf8("b"));

  /** So long a test waits for what will be there in its next look, else. */
  static final Duration LOOK = Duration.ofMillis(100);

  /** As long as a test may take. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  final ActorTestKit kit =
      ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
  final ManualTime time = ManualTime.get(kit.system());

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  /** The defaults, but for what the text says. */
  static PaxosSettings settings(String changed) {
    return PaxosSettings.from(
        ConfigFactory.parseString(changed)
            .withFallback(ConfigFactory.load().getConfig("synod.paxos")));
  }

  /** Every message arrives at once. */
  static final Peers PEERS =
      new Peers() {
        @Override
        public ActorRef<NodeMessage> node(String address) {
          throw new UnsupportedOperationException("there are no nodes here");
        }

        @Override
        public <M> void tell(ActorRef<? super M> to, M message) {
          to.tell(message);
        }
      };
}
