package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lease reads cannot bear, and say so: a documented limit, not a fault (CON-09). */
@Tag("slow")
@DisplayName("A clock that is slower than is set")
class LeaseLimitTest {

  private static final int SEEDS = 20;

  @Test
  @DisplayName("lets a lease outlive its leader, which the invariants notice")
  void isNoticed() {
    var found =
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> lonelyLeader(seed, "on"))
            .flatMap(Optional::stream)
            .findFirst();

    assertThat(found)
        .map(Violation::invariant)
        .contains("linearizable reads see what was acknowledged");
  }

  @Test
  @DisplayName("does no harm where leases are off")
  void isHarmlessWithoutLeases() {
    assertThat(LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> lonelyLeader(seed, "off")))
        .allMatch(Optional::isEmpty);
  }

  /** Its clock runs at less than half of the right rate; 0.75 is the slowest that is set. */
  private static Optional<Violation> lonelyLeader(long seed, String leases) {
    var base = GroupSettings.of(Raft.protocol(), new RaftLens(), 3, Recovery.raft().total());
    var config =
        ConfigFactory.parseString("synod.raft.lease-reads = " + leases).withFallback(base.config());
    var settings =
        new GroupSettings(
            base.protocol(),
            base.lens(),
            base.nodes(),
            Duration.ofMillis(2),
            base.recovery(),
            config);
    return new LonelyLeader(seed, settings).run(LinkQuality.GOOD);
  }
}
