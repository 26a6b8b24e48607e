package dev.synod.testkit;

import dev.synod.testkit.fault.Profile;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each seed, in virtual time, on simulated machines. Its method takes a
 * {@link Simulation}:
 *
 * <pre>{@code
 * @SimulationTest(seeds = 50, profile = Profile.FLAKY)
 * void nothingIsLost(Simulation simulation) {
 *   var counter = simulation.start("counter", Counter::new, Raft.protocol());
 *   simulation.partition("n1 | n2,n3");
 *   …
 * }
 * }</pre>
 *
 * <p>Each seed is a test of its own. One that fails says with which seed and which faults, and how
 * to run it again: with the system property {@value SimulationExtension#SEED} only that seed runs.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {

  /** How many seeds. */
  int seeds() default 10;

  /** The first seed. */
  long from() default 1;

  /** How many machines: n1, n2, … */
  int nodes() default 3;

  /** What the network is like, and which faults {@link Simulation#storm} draws. */
  Profile profile() default Profile.CALM;
}
