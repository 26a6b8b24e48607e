package dev.synod.crdt.dots;

import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;

/**
 * What a dot carries in a {@link DotFun}.
 *
 * @param <V> the type itself
 */
public interface DotValue<V extends DotValue<V>> extends Lattice<V> {

  /** Whether there is nothing to be seen of it. */
  default boolean isVacant() {
    return false;
  }

  /** What has to stay after others have removed it; mostly nothing. */
  default Optional<V> vacated() {
    return Optional.empty();
  }
}
