package dev.synod.actors.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ways to other nodes")
class LinksTest {

  private static final ChannelFixture FIXTURE = new ChannelFixture();
  private static final Address THERE = new Address("pekko", "shop", "n2", 7355);

  private final List<@Nullable Link> found = new ArrayList<>();
  private final Links links = new Links(LinksTest::link, this::wanted);

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  private static Link link() {
    return new Link(FIXTURE.frames, FIXTURE.resolver, new CountedChannels(), 8);
  }

  /** As the introducer, which connects on a thread of its own. */
  private void wanted(Address address) {
    found.add(CompletableFuture.supplyAsync(() -> links.find(address)).join());
  }

  @Test
  @DisplayName("can be found before anybody is told that they are wanted")
  void foundFirst() {
    var link = links.to(THERE);

    assertThat(found).containsExactly(link);
  }

  @Test
  @DisplayName("are wanted once, and anew after they were forgotten")
  void once() {
    var link = links.to(THERE);
    assertThat(links.to(THERE)).isSameAs(link);
    assertThat(found).hasSize(1);

    assertThat(links.isStillWanted(THERE)).isTrue();
    assertThat(links.isStillWanted(THERE)).isFalse();
    assertThat(links.find(THERE)).isNull();

    assertThat(links.to(THERE)).isNotSameAs(link);
    assertThat(found).hasSize(2);
  }
}
