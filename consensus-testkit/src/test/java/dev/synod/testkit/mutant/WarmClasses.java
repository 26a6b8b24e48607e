package dev.synod.testkit.mutant;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * The project's classes, loaded once for all faults: one after the other is put into them and taken
 * out again, so that what is warm stays warm. Nobody else in this JVM uses these classes.
 */
final class WarmClasses {

  private static final Instrumentation JVM = ByteBuddyAgent.install();

  private final MutantLoader loader = new MutantLoader("dev.synod.core.", Map.of());
  private List<ClassDefinition> original = List.of();

  MutantLoader loader() {
    return loader;
  }

  /**
   * Puts that in the place of the classes of these names, until {@link #restore}. What is done when
   * a class is initialised is done before, so that nothing of a fault stays; a fault in just that
   * does not show.
   *
   * @return false if nothing was changed, for it would take other methods, not only other bodies
   */
  boolean put(Map<String, byte[]> changed) throws ClassNotFoundException {
    var before = new ArrayList<ClassDefinition>();
    var after = new ArrayList<ClassDefinition>();
    for (var one : changed.entrySet()) {
      var loaded = Class.forName(one.getKey(), true, loader);
      before.add(new ClassDefinition(loaded, loader.bytesOf(one.getKey())));
      after.add(new ClassDefinition(loaded, one.getValue()));
    }
    try {
      redefine(after);
    } catch (UnsupportedOperationException e) {
      return false;
    }
    original = before;
    return true;
  }

  /** As they are on the class path. */
  void restore() throws ClassNotFoundException {
    redefine(original);
    original = List.of();
  }

  private static void redefine(List<ClassDefinition> classes) throws ClassNotFoundException {
    try {
      JVM.redefineClasses(classes.toArray(ClassDefinition[]::new));
    } catch (UnmodifiableClassException e) {
      throw new IllegalStateException("the JVM refuses to change " + classes, e);
    }
  }
}
