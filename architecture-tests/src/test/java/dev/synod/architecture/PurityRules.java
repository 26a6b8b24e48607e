package dev.synod.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What rules, protocols and the vocabulary may not see (ADR-0001). */
final class PurityRules {

  private static final String[] PURE = {
    "..rules..",
    "..protocol..",
    "dev.synod.core..",
    "dev.synod.crdt",
    "dev.synod.crdt.lattice..",
    "dev.synod.crdt.clock..",
    "dev.synod.crdt.dots..",
    "dev.synod.crdt.wire.."
  };

  /**
   * In-memory bytes and character sets are values, and so is a length of time; channels, files and
   * what knows the hour are not.
   */
  private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD =
      resideInAnyPackage(
              "org.apache.pekko..",
              "scala..",
              "java.io..",
              "java.net..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.util.concurrent..",
              "java.util.logging..",
              "org.slf4j..",
              "com.typesafe.config..",
              "io.micrometer..")
          .or(nameMatching("java\\.time\\..*").and(not(nameMatching("java\\.time\\.Duration"))))
          .or(nameMatching("java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)"));

  /** Randomness that nobody handed in. */
  private static final DescribedPredicate<JavaAccess<?>> OWN_CHANCE =
      Accesses.newWithoutParametersOf("java.util.Random", "java.security.SecureRandom")
          .or(Accesses.of("java.lang.Math", "random"))
          .or(Accesses.of("java.util.UUID", "randomUUID"));

  private PurityRules() {}

  static List<Rule> all() {
    return List.of(
        CodeRule.of(
            "pure-rules",
            "a rule that can see a clock, a disk or a thread cannot be replayed (ADR-0001)",
            noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(OUTSIDE_WORLD)),
        CodeRule.of(
            "pure-rules-no-time",
            "time reaches a rule as a timer that fired (ADR-0008)",
            noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(
                    Accesses.of("java.lang.System", "nanoTime", "currentTimeMillis"))),
        CodeRule.of(
            "pure-rules-no-chance",
            "randomness is liveness and belongs to the shell, which a seed drives (ADR-0001)",
            noClasses()
                .that()
                .resideInAnyPackage("..rules..", "..protocol..")
                .should()
                .dependOnClassesThat(type(Random.class).or(type(RandomGenerator.class)))
                .orShould()
                .accessTargetWhere(OWN_CHANCE)),
        CodeRule.of(
            "no-unseeded-chance",
            "a source of randomness is given, so that a seed replays it (ADR-0005)",
            noClasses()
                .that()
                .resideInAnyPackage("dev.synod.core..", "dev.synod.log..")
                .should()
                .accessTargetWhere(OWN_CHANCE)),
        CodeRule.of(
            "jdk-only",
            "the vocabulary and the log are of use without Pekko",
            noClasses()
                .that()
                .resideInAnyPackage("dev.synod.core..", "dev.synod.log..")
                .should()
                .dependOnClassesThat(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "java..", "dev.synod.core..", "dev.synod.log..", "org.jspecify..")))),
        CodeRule.of(
            "no-terms-in-actors",
            "what a term decides is a rule; an actor only drives it",
            noClasses()
                .that()
                .resideInAPackage("dev.synod..actor..")
                .should()
                .callMethodWhere(ComparesTerms.PREDICATE)));
  }
}
