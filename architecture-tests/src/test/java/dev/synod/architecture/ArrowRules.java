package dev.synod.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who may see whom: the module graph of ARCHITECTURE.md, and the order inside a protocol. */
final class ArrowRules {

  private static final Set<String> PROTOCOLS = Set.of("raft", "paxos", "zab");
  private static final Set<String> ALL_BUT_APPS =
      Set.of(
          "core",
          "log",
          "actors",
          "raft",
          "paxos",
          "zab",
          "sharding",
          "crdt",
          "ddata",
          "testkit",
          "persistence");

  /** Each module's package below {@code dev.synod}, and those that it may see. */
  private static final Map<String, Set<String>> ARROWS = new TreeMap<>();

  static {
    ARROWS.put("core", Set.of());
    ARROWS.put("log", Set.of("core"));
    ARROWS.put("actors", Set.of("core", "log"));
    ARROWS.put("persistence", Set.of("core", "log", "actors"));
    PROTOCOLS.forEach(protocol -> ARROWS.put(protocol, Set.of("core", "log", "actors")));
    ARROWS.put("sharding", Set.of("core", "log", "actors", "raft", "paxos", "zab"));
    ARROWS.put("crdt", Set.of("core", "log", "actors"));
    ARROWS.put("ddata", Set.of("core", "actors", "crdt"));
    ARROWS.put("testkit", ALL_BUT_APPS);
    ARROWS.put("samples", ALL_BUT_APPS);
    ARROWS.put("benchmarks", ALL_BUT_APPS);
  }

  private ArrowRules() {}

  static List<Rule> all() {
    var rules = new ArrayList<Rule>();
    ARROWS.forEach((module, seen) -> rules.add(arrowsOf(module, seen)));
    rules.add(
        CodeRule.of(
            "known-package",
            "a module joins the graph of ARCHITECTURE.md and this list when it is made",
            classes()
                .should()
                .resideInAnyPackage(
                    ARROWS.keySet().stream()
                        .map(module -> "dev.synod." + module + "..")
                        .toArray(String[]::new))));
    rules.add(
        CodeRule.of(
            "protocol-sees-no-rules",
            "what is said does not depend on what is decided",
            noClasses()
                .that()
                .resideInAPackage("dev.synod.*.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.synod.*.rules..", "dev.synod.*.actor..")));
    rules.add(
        CodeRule.of(
            "rules-see-no-actors",
            "actors drive rules, never the other way round",
            noClasses()
                .that()
                .resideInAPackage("dev.synod.*.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.synod.*.actor..")));
    rules.add(CycleRule.rule());
    return List.copyOf(rules);
  }

  private static Rule arrowsOf(String module, Set<String> seen) {
    String own = "dev.synod." + module + "..";
    DescribedPredicate<JavaClass> forbidden =
        resideInAPackage("dev.synod..")
            .and(DescribedPredicate.not(resideInAPackage(own)))
            .and(
                DescribedPredicate.not(
                    resideInAnyPackage(
                        seen.stream()
                            .map(name -> "dev.synod." + name + "..")
                            .toArray(String[]::new))));
    return CodeRule.of(
        "arrows-" + module,
        "arrows between modules point downwards only, and protocols never see each other",
        noClasses().that().resideInAPackage(own).should().dependOnClassesThat(forbidden));
  }
}
