package dev.synod.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What product code does not call. A port that must is a line of config/exceptions.txt. */
final class CallRules {

  /** They talk to a person. */
  private static final String[] APPLICATIONS = {"dev.synod.samples..", "dev.synod.benchmarks.."};

  private static final String CONCURRENT = "java.util.concurrent.";

  /** Throwables and enums are serializable whether we like it or not. */
  private static final DescribedPredicate<JavaClass> SERIALIZABLE_BY_CHOICE =
      DescribedPredicate.describe(
          "implement Serializable",
          type ->
              type.getRawInterfaces().stream()
                  .anyMatch(parent -> parent.isEquivalentTo(Serializable.class)));

  private CallRules() {}

  static List<Rule> all() {
    return List.of(
        noSleep(),
        noClock(),
        noShuffledCopy(),
        never(
            "no-default-executor",
            "the common pool starts a thread per task on a small machine; name an executor",
            Accesses.endingIn("Async", CompletionStage.class)
                .and(DescribedPredicate.not(Accesses.lastParameter(Executor.class)))),
        never(
            "no-java-serialization",
            "nothing of ours is written or read by Java serialization (ADR-0007)",
            Accesses.newOf(ObjectOutputStream.class.getName(), ObjectInputStream.class.getName())),
        CodeRule.of(
            "no-serializable",
            "nothing of ours is written or read by Java serialization (ADR-0007)",
            noClasses().should(be(SERIALIZABLE_BY_CHOICE))),
        never(
            "no-unbounded-queue",
            "every queue has a bound, which is a named setting",
            Accesses.newOf(
                    CONCURRENT + "ConcurrentLinkedQueue",
                    CONCURRENT + "ConcurrentLinkedDeque",
                    CONCURRENT + "LinkedTransferQueue",
                    CONCURRENT + "PriorityBlockingQueue",
                    CONCURRENT + "DelayQueue")
                .or(
                    Accesses.newWithoutParametersOf(
                        CONCURRENT + "LinkedBlockingQueue", CONCURRENT + "LinkedBlockingDeque"))
                .or(
                    Accesses.of(
                        CONCURRENT + "Executors",
                        "newCachedThreadPool",
                        "newFixedThreadPool",
                        "newSingleThreadExecutor"))),
        CodeRule.of(
            "no-console",
            "a library writes to a logger; only an application talks to a person",
            noClasses()
                .that()
                .resideOutsideOfPackages(APPLICATIONS)
                .should()
                .accessTargetWhere(
                    Accesses.of("java.lang.System", "out", "err").or(throwablePrints()))));
  }

  private static Rule noSleep() {
    return CodeRule.of(
        "no-sleep",
        "a thread that sleeps holds up a core's worth of actors; use a timer",
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.synod.benchmarks..")
            .should()
            .accessTargetWhere(
                Accesses.of("java.lang.Thread", "sleep")
                    .or(Accesses.of(CONCURRENT + "TimeUnit", "sleep"))));
  }

  private static Rule noClock() {
    return CodeRule.of(
        "no-clock",
        "time is read by a named port, which the simulator replaces (ADR-0008)",
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.synod.benchmarks..")
            .should()
            .accessTargetWhere(
                Accesses.of("java.lang.System", "currentTimeMillis", "nanoTime")
                    .or(Accesses.of("java.time.Instant", "now"))
                    .or(Accesses.of("java.time.LocalDateTime", "now"))
                    .or(Accesses.of("java.time.ZonedDateTime", "now"))
                    .or(Accesses.of("java.time.Clock", "systemUTC", "systemDefaultZone"))));
  }

  private static Rule noShuffledCopy() {
    return CodeRule.of(
        "no-shuffled-copy",
        "these are iterated in an order that each process draws anew, so that no seed replays it;"
            + " copy into a list, or a set or map with an order",
        noClasses()
            .that()
            .resideOutsideOfPackages(APPLICATIONS)
            .should()
            .accessTargetWhere(
                Accesses.of("java.util.Map", "copyOf")
                    .or(Accesses.of("java.util.Set", "copyOf"))
                    .or(
                        Accesses.of(
                            "java.util.stream.Collectors",
                            "toUnmodifiableMap",
                            "toUnmodifiableSet"))));
  }

  private static DescribedPredicate<JavaAccess<?>> throwablePrints() {
    return DescribedPredicate.describe(
        "a stack trace on the console",
        access ->
            access.getName().equals("printStackTrace")
                && access.getTargetOwner().isAssignableTo(Throwable.class));
  }

  private static Rule never(
      String id, String because, DescribedPredicate<? super JavaAccess<?>> accesses) {
    return CodeRule.of(id, because, noClasses().should().accessTargetWhere(accesses));
  }
}
