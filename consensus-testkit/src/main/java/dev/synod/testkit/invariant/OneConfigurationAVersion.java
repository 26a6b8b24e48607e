package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Change.Decided;
import dev.synod.testkit.invariant.Change.Founded;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A group decides on configurations one after the other, so all replicas hear the same ones
 * (Lamport 2001, §3: they are values of its log).
 */
public final class OneConfigurationAVersion implements Invariant {

  private final TreeMap<Long, Configuration> known = new TreeMap<>();

  @Override
  public String name() {
    return "one configuration a version";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Founded founded) {
      return check(change.node(), founded.configuration());
    }
    return change instanceof Decided decided
        ? check(change.node(), decided.configuration())
        : HOLDS;
  }

  private Optional<String> check(String node, Configuration told) {
    var before = known.putIfAbsent(told.version(), told);
    return before == null || before.equals(told)
        ? HOLDS
        : Optional.of("%s goes by %s, others by %s".formatted(node, told, before));
  }
}
