package dev.synod.samples.modes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What each node shows of something.
 *
 * @param <T> what is shown
 */
final class Everywhere<T> {

  private final Map<String, Shown<T>> nodes;

  Everywhere(Map<String, Shown<T>> nodes) {
    this.nodes = new LinkedHashMap<>(nodes);
  }

  Shown<T> at(String node) {
    var shown = nodes.get(node);
    if (shown == null) {
      throw new IllegalArgumentException("nothing is shown at " + node);
    }
    return shown;
  }

  void forEach(BiConsumer<String, Shown<T>> each) {
    nodes.forEach(each);
  }

  /** Waits until each of them shows such a value, or takes too long. */
  void await(Predicate<? super T> isAwaited) {
    nodes.values().forEach(shown -> shown.await(isAwaited));
  }

  /** Of what each of them shows now. */
  <A> List<A> now(Function<? super T, A> aspect) {
    return nodes.values().stream().map(Shown::last).map(aspect).toList();
  }

  /** All that any of them ever showed. */
  Stream<T> ever() {
    return nodes.values().stream().flatMap(shown -> shown.all().stream());
  }
}
