package dev.synod.testkit.lab.detector;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.PhiAccrualFailureDetector;
import scala.concurrent.duration.FiniteDuration;

/** Watches one other machine by its heartbeats. */
interface Detector {

  /** A heartbeat has come. */
  void heartbeat();

  boolean suspects();

  /** Makes one for the clock of the machine on which it runs. */
  interface Kind {
    Detector on(LongSupplier nanoTime);
  }

  /** Suspects after so long without a heartbeat. */
  static Kind timeout(Duration silence) {
    return nanoTime ->
        new Detector() {
          private long last = nanoTime.getAsLong();

          @Override
          public void heartbeat() {
            last = nanoTime.getAsLong();
          }

          @Override
          public boolean suspects() {
            return nanoTime.getAsLong() - last > silence.toNanos();
          }
        };
  }

  /**
   * Suspects once a silence as long as this one is so unlikely, by the heartbeats of before: phi of
   * 8 is one of 10⁸, if their gaps were distributed normally, which they never are.
   *
   * @param pause a silence that is allowed in addition
   */
  static Kind phi(double threshold, Duration interval, Duration pause) {
    return nanoTime -> new Phi(threshold, interval, pause, nanoTime);
  }

  /** Pekko's own detector with the machine's clock. */
  final class Phi implements Detector {

    private static final int SAMPLES = 1_000;
    private static final Duration DEVIATION_MIN = Duration.ofMillis(10);

    private final PhiAccrualFailureDetector detector;

    Phi(double threshold, Duration interval, Duration pause, LongSupplier nanoTime) {
      var millis =
          new FailureDetector.Clock() {
            @Override
            public long apply$mcJ$sp() {
              return Duration.ofNanos(nanoTime.getAsLong()).toMillis();
            }

            @Override
            public Object apply() {
              return apply$mcJ$sp();
            }
          };
      detector =
          new PhiAccrualFailureDetector(
              threshold, SAMPLES, scala(DEVIATION_MIN), scala(pause), scala(interval), millis);
    }

    private static FiniteDuration scala(Duration duration) {
      return FiniteDuration.fromNanos(duration.toNanos());
    }

    @Override
    public void heartbeat() {
      detector.heartbeat();
    }

    @Override
    public boolean suspects() {
      return detector.isMonitoring() && !detector.isAvailable();
    }
  }
}
