package dev.synod.actors.channel;

import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.channel.ChannelMessage.Where;
import dev.synod.actors.channel.ChannelTask.Closed;
import dev.synod.actors.channel.ChannelTask.Opened;
import dev.synod.actors.channel.ChannelTask.Wanted;
import java.time.Duration;
import java.util.UUID;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node that looks for others' channels")
class IntroducerTest {

  private static final Address OTHER = Address.apply("pekko", "shop", "10.0.0.2", 7355);
  private static final At HERE = new At("pekko://shop@10.0.0.1:7355", 7356, new UUID(1, 1));
  private static final At THERE = new At(OTHER.toString(), 7357, new UUID(2, 2));
  private static final Duration FIRST = Duration.ofMillis(500);

  private record Connect(Address address, int port, UUID secret) {}

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<ChannelMessage> other = kit.createTestProbe();
  private final TestProbe<Connect> connects = kit.createTestProbe();
  private volatile boolean wanted = true;
  private final ActorRef<ChannelTask> introducer =
      kit.spawn(
          Introducer.create(
              ChannelFixture.SETTINGS,
              HERE,
              address -> other.ref(),
              address -> wanted,
              (address, port, secret, report) ->
                  connects.ref().tell(new Connect(address, port, secret))));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  @DisplayName("asks, and connects to where it is told")
  void connects() {
    introducer.tell(new Wanted(OTHER));
    asked().replyTo().tell(THERE);

    connects.expectMessage(new Connect(OTHER, 7357, new UUID(2, 2)));
  }

  @Test
  @DisplayName("tells where its own channel is")
  void tells() {
    introducer.tell(new Where(other.ref()));

    other.expectMessage(HERE);
  }

  @Test
  @DisplayName("makes one connection, however many answers come")
  void oneConnection() {
    introducer.tell(new Wanted(OTHER));
    asked();
    introducer.tell(THERE);
    introducer.tell(THERE);
    introducer.tell(new Opened(OTHER));
    introducer.tell(THERE);
    settled();

    connects.expectMessage(new Connect(OTHER, 7357, new UUID(2, 2)));
    noneConnects();
  }

  @Test
  @DisplayName("is not asked to connect by somebody whom it did not ask, nor to nowhere")
  void unaskedFor() {
    introducer.tell(THERE);
    introducer.tell(new Wanted(OTHER));
    asked();
    introducer.tell(new At("nowhere", 1, new UUID(3, 3)));
    settled();
    noneConnects();
    introducer.tell(THERE);

    connects.expectMessage(new Connect(OTHER, 7357, new UUID(2, 2)));
  }

  @Test
  @DisplayName("asks a node without a channel ever more seldom, up to a bound")
  void backsOff() {
    introducer.tell(new Wanted(OTHER));
    asked();
    for (long pause = FIRST.toMillis(); pause < 10_000; pause *= 2) {
      askedAfter(Duration.ofMillis(pause));
    }
    askedAfter(Duration.ofSeconds(10));
    askedAfter(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("asks no more for whom nobody sends to, until somebody does again")
  void forgets() {
    introducer.tell(new Wanted(OTHER));
    asked();
    askedAfter(FIRST);
    wanted = false;
    time.timePasses(FIRST.multipliedBy(2));
    time.timePasses(Duration.ofHours(1));
    settled();
    noneAsks();

    wanted = true;
    introducer.tell(new Wanted(OTHER));
    asked();
    askedAfter(FIRST);
  }

  @Test
  @DisplayName("asks anew when a connection is gone, soon if it was open, else later and later")
  void beginsAnew() {
    introducer.tell(new Wanted(OTHER));
    asked().replyTo().tell(THERE);
    introducer.tell(new Closed(OTHER, "refused"));
    settled();
    askedAfter(FIRST.multipliedBy(2)).replyTo().tell(THERE);
    introducer.tell(new Opened(OTHER));
    introducer.tell(new Closed(OTHER, "it was closed"));
    settled();

    askedAfter(FIRST).replyTo().tell(new At(OTHER.toString(), 9999, new UUID(4, 4)));
    connects.expectMessage(new Connect(OTHER, 7357, new UUID(2, 2)));
    connects.expectMessage(new Connect(OTHER, 7357, new UUID(2, 2)));
    connects.expectMessage(new Connect(OTHER, 9999, new UUID(4, 4)));
  }

  private Where asked() {
    return other.expectMessageClass(Where.class, Duration.ofSeconds(30));
  }

  /** Not a millisecond before. */
  private Where askedAfter(Duration pause) {
    time.timePasses(pause.minusMillis(1));
    settled();
    noneAsks();
    time.timePasses(Duration.ofMillis(1));
    return asked();
  }

  /** Nor has since the last look. */
  private void noneConnects() {
    var marker = new Connect(OTHER, 0, new UUID(0, 0));
    connects.ref().tell(marker);
    connects.expectMessage(marker);
  }

  private void noneAsks() {
    other.ref().tell(HERE);
    other.expectMessage(HERE);
  }

  /** All that it was told is done. */
  private void settled() {
    TestProbe<ChannelMessage> asker = kit.createTestProbe();
    introducer.tell(new Where(asker.ref()));
    asker.expectMessage(HERE);
  }
}
