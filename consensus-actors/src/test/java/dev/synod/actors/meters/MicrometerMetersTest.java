package dev.synod.actors.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Measurements in Micrometer")
class MicrometerMetersTest {

  private static final GroupId GROUP = new GroupId("counter");
  private static final NodeAddress N2 = new NodeAddress("n2", "pekko://t@n2:1");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new MicrometerMeters(registry);

  @Test
  @DisplayName("show a replica's role as the one gauge that is 1")
  void role() {
    var replica = meters.replica(GROUP);
    replica.role("follower");
    replica.role("leader");

    assertThat(gauge("synod.replica.role", "role", "follower")).isZero();
    assertThat(gauge("synod.replica.role", "role", "leader")).isEqualTo(1);
  }

  @Test
  @DisplayName("show where a replica is")
  void position() {
    var replica = meters.replica(GROUP);
    replica.term(3);
    replica.commitIndex(20);
    replica.appliedIndex(19);

    assertThat(gauge("synod.replica.term", "group", "counter")).isEqualTo(3);
    assertThat(gauge("synod.replica.commit.index", "group", "counter")).isEqualTo(20);
    assertThat(gauge("synod.replica.applied.index", "group", "counter")).isEqualTo(19);
  }

  @Test
  @DisplayName("show lags while the replica leads, and no stale ones afterwards")
  void lags() {
    var replica = meters.replica(GROUP);
    replica.lag(N2, 5);
    assertThat(gauge("synod.replica.lag", "follower", "n2")).isEqualTo(5);

    replica.forgetLags();
    assertThat(registry.find("synod.replica.lag").gauges()).isEmpty();
    replica.lag(N2, 6);
    assertThat(gauge("synod.replica.lag", "follower", "n2")).isEqualTo(6);
  }

  @Test
  @DisplayName("show how many channels are open, and what they could not take")
  void channels() {
    var channels = meters.channels();
    channels.opened();
    channels.opened();
    channels.closed();
    channels.dropped();

    assertThat(registry.get("synod.channel.open").gauge().value()).isEqualTo(1);
    assertThat(registry.get("synod.channel.dropped").counter().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("show how much waits under each setting that bounds it")
  void queues() {
    var replica = meters.replica(GROUP);
    replica.waiting("gated-effects-max", 3);
    replica.waiting("reads-pending-max", 7);
    replica.waiting("gated-effects-max", 2);

    assertThat(gauge("synod.replica.waiting", "setting", "gated-effects-max")).isEqualTo(2);
    assertThat(gauge("synod.replica.waiting", "setting", "reads-pending-max")).isEqualTo(7);
  }

  @Test
  @DisplayName("count what happens to a replica")
  void counts() {
    var replica = meters.replica(GROUP);
    replica.electionStarted();
    replica.electionWon();
    replica.rejected(Reason.BUSY, 4);
    replica.snapshotSent(100);
    replica.appended(3, 300);
    replica.proposalAnswered(2_000_000);
    replica.failed();
    replica.diverged(2);

    assertThat(registry.counter("synod.replica.diverged", "group", "counter"))
        .returns(2.0, counter -> counter.count());
    assertThat(registry.counter("synod.replica.elections", "group", "counter", "result", "won"))
        .returns(1.0, counter -> counter.count());
    assertThat(registry.counter("synod.replica.rejected", "group", "counter", "reason", "BUSY"))
        .returns(4.0, counter -> counter.count());
    assertThat(registry.counter("synod.replica.snapshot.bytes", "group", "counter", "way", "sent"))
        .returns(100.0, counter -> counter.count());
    assertThat(registry.get("synod.replica.batch.entries").summary().max()).isEqualTo(3);
    assertThat(registry.get("synod.replica.proposal").timer().max(TimeUnit.MILLISECONDS))
        .isEqualTo(2);
    assertThat(registry.get("synod.replica.failures").counter().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("forget the gauges of a replica that is gone")
  void closed() {
    var replica = meters.replica(GROUP);
    replica.role("leader");
    replica.lag(N2, 5);
    replica.close();

    assertThat(registry.getMeters())
        .noneMatch(meter -> meter.getId().getType().name().equals("GAUGE"));
  }

  @Test
  @DisplayName("count outcomes, as clients see them, and the log's syncs")
  void clientsAndLog() {
    var client = meters.client(GROUP);
    client.succeeded();
    client.rejected(Reason.NO_LEADER);
    client.unknown();
    client.retried(2);
    client.batched(9);
    meters.log().synced(5, 500, 1_000_000);

    assertThat(registry.find("synod.client.outcomes").counters())
        .filteredOn(counter -> counter.count() > 0)
        .hasSize(3);
    assertThat(registry.get("synod.client.retries").counter().count()).isEqualTo(2);
    assertThat(registry.get("synod.client.batch.proposals").summary().max()).isEqualTo(9);
    assertThat(registry.get("synod.log.sync").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(1);
  }

  @Test
  @DisplayName("are off without Micrometer, unless they were asked for")
  void withoutMicrometer() {
    assertThat(MetersChoice.AUTO.meters(false)).isSameAs(Meters.NONE);
    assertThat(MetersChoice.OFF.meters(true)).isSameAs(Meters.NONE);
    assertThatThrownBy(() -> MetersChoice.ON.meters(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.meters is on")
        .hasMessageContaining("micrometer-core");
    assertThatThrownBy(() -> MetersChoice.parse("yes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"yes\"");
  }

  @Test
  @DisplayName("leave Micrometer unloaded where it is not on the class path")
  void classesLoadWithoutMicrometer() throws Exception {
    try (var loader = new WithoutMicrometer()) {
      var choice = loader.loadClass(MetersChoice.class.getName());
      var auto = choice.getMethod("parse", String.class).invoke(null, "auto");
      var chosen = choice.getMethod("meters").invoke(auto);

      assertThat(chosen.getClass().getSimpleName()).isEqualTo("NoMeters");
    }
  }

  private double gauge(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).gauge().value();
  }

  /** Sees this module's own classes, and all others but Micrometer's. */
  private static final class WithoutMicrometer extends java.net.URLClassLoader {

    WithoutMicrometer() {
      super(
          new java.net.URL[] {Meters.class.getProtectionDomain().getCodeSource().getLocation()},
          MicrometerMetersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.micrometer.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("dev.synod.actors.meters.")) {
        var loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
      return super.loadClass(name, resolve);
    }
  }
}
