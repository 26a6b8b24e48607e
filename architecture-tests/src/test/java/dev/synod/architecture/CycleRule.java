package dev.synod.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sub-packages of a module do not see each other in a circle. A module's root package is left out:
 * it is the module's door and vocabulary, which sees all of them and is seen by all.
 */
final class CycleRule {

  private static final Pattern PART = Pattern.compile("(dev\\.synod\\.\\w+\\.\\w+)(\\..*)?");

  /** From a part to the parts that it sees, each with an example. */
  private final Map<String, Map<String, Dependency>> graph = new TreeMap<>();

  private CycleRule(WorkTree tree) {
    for (JavaClass type : tree.classes()) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String from = partOf(type);
        String to = partOf(dependency.getTargetClass().getBaseComponentType());
        if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
          graph.computeIfAbsent(from, it -> new TreeMap<>()).putIfAbsent(to, dependency);
        }
      }
    }
  }

  static Rule rule() {
    return new Rule(
        "no-cycles",
        "a cycle is one package that pretends to be several",
        tree -> new CycleRule(tree).findings());
  }

  /** One finding for each two neighbours on a circle, with an example of each direction. */
  private List<Finding> findings() {
    var examples = new TreeMap<String, String>();
    graph.forEach(
        (from, seen) ->
            seen.forEach(
                (to, example) -> {
                  if (reaches(to, from, new HashSet<>())) {
                    String first = from.compareTo(to) < 0 ? from : to;
                    String place = first + " <-> " + (first.equals(from) ? to : from);
                    examples.merge(place, example.getDescription(), (a, b) -> a + "; and " + b);
                  }
                }));
    return examples.entrySet().stream()
        .map(pair -> new Finding(pair.getKey(), pair.getValue()))
        .toList();
  }

  private boolean reaches(String from, String to, Set<String> visited) {
    return from.equals(to)
        || (visited.add(from)
            && graph.getOrDefault(from, Map.of()).keySet().stream()
                .anyMatch(next -> reaches(next, to, visited)));
  }

  private static String partOf(JavaClass type) {
    var matcher = PART.matcher(type.getPackageName());
    return matcher.matches() ? matcher.group(1) : "";
  }
}
