package dev.synod.testkit.lab.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.lab.detector.Vigil.Result;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Tag("slow")
@DisplayName("A failure detector, on a good, a wavering and a bad network,")
class DetectorTest {

  private static final LinkQuality BAD =
      new LinkQuality(Duration.ofMillis(1), Duration.ofMillis(80), 50, 0, 0);

  private static final List<LinkQuality> NETWORKS =
      List.of(LinkQuality.GOOD, LinkQuality.POOR, BAD);

  /** For each detector, one result a network. */
  private static final Map<String, List<Result>> TABLE = new LinkedHashMap<>();

  @BeforeAll
  static void keepVigil() {
    for (int millis : new int[] {150, 300, 500, 1_000}) {
      keepVigil("timeout " + millis, Detector.timeout(Duration.ofMillis(millis)));
    }
    for (int threshold : new int[] {3, 8, 12}) {
      keepVigil("phi " + threshold, Detector.phi(threshold, Watcher.INTERVAL, Duration.ZERO));
    }
  }

  private static void keepVigil(String name, Detector.Kind kind) {
    TABLE.put(name, NETWORKS.stream().map(network -> Vigil.of(1, kind, network)).toList());
  }

  private static Result result(String detector, LinkQuality network) {
    return TABLE.get(detector).get(NETWORKS.indexOf(network));
  }

  @Test
  @DisplayName("is complete: each crash is suspected by all survivors, and stays so")
  void complete(TestReporter reporter) {
    TABLE.forEach((name, results) -> reporter.publishEntry(name, results.toString()));

    assertThat(TABLE.values().stream().flatMap(List::stream))
        .hasSize(21)
        .allMatch(result -> result.detectedBy() == 3);
  }

  @Test
  @DisplayName("suspects nobody wrongly where the network keeps its time")
  void accurateOnAGoodNetwork() {
    assertThat(TABLE.keySet())
        .allMatch(name -> result(name, LinkQuality.GOOD).falseSuspicions() == 0);
  }

  @Test
  @DisplayName("errs less the later it speaks")
  void timeBuysAccuracy() {
    for (var network : List.of(LinkQuality.POOR, BAD)) {
      for (var kinds :
          List.of(
              List.of("timeout 150", "timeout 300", "timeout 1000"), List.of("phi 3", "phi 12"))) {
        for (int i = 1; i < kinds.size(); i++) {
          var hasty = result(kinds.get(i - 1), network);
          var patient = result(kinds.get(i), network);

          assertThat(patient.falseSuspicions()).isLessThan(hasty.falseSuspicions());
          assertThat(patient.detection()).isGreaterThan(hasty.detection());
        }
      }
    }
  }

  @Test
  @DisplayName("learns how long to wait, if it is phi's; a fixed time-out is right for one network")
  void phiAdapts() {
    assertThat(result("phi 8", BAD).detection())
        .isGreaterThan(result("phi 8", LinkQuality.GOOD).detection().multipliedBy(4));
    assertThat(result("phi 8", LinkQuality.GOOD).detection())
        .isLessThan(result("timeout 500", LinkQuality.GOOD).detection());
    assertThat(result("phi 8", BAD).falseSuspicions())
        .isLessThan(result("timeout 300", BAD).falseSuspicions() / 4);
  }
}
