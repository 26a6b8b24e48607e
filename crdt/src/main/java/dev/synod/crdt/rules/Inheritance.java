package dev.synod.crdt.rules;

import dev.synod.crdt.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What a replica has to make anew of what the one before it has changed.
 *
 * @param changes in their order
 * @param follows what that one had merged
 * @param anew the number of the last change that was made anew; 0 if none was
 */
public record Inheritance(List<Inherited<?>> changes, VersionVector follows, long anew) {

  public static final Inheritance NONE = new Inheritance(List.of(), VersionVector.EMPTY, 0);

  public Inheritance {
    follows = changes.isEmpty() ? VersionVector.EMPTY : follows;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Whether what the changes may follow is there: as every change, they are shown behind that
   * (Birman, Schiper, Stephenson 1991, §5.1).
   *
   * @param hasSearched whether one of the others was gone through; who is alone has nobody to wait
   *     for
   */
  public boolean isReady(Replication heir, boolean hasSearched) {
    var standing = heir.standing();
    return (hasSearched || standing.members().size() == 1)
        && standing.isInPlaceOf(heir.merged(), follows);
  }

  /**
   * Whether all is made, and all members have it. Before that nobody is to forget what is gone of
   * it: its dots are not new to everybody.
   */
  public boolean isKnownToAll(Replication heir) {
    var standing = heir.standing();
    return changes.isEmpty()
        && (anew <= standing.stable().get(heir.self())
            || heir.holders(anew) >= standing.members().size() - 1);
  }

  /** The first ones. */
  public List<Inherited<?>> first(int max) {
    return changes.subList(0, Math.min(max, changes.size()));
  }

  /** Without so many of the first ones, which are made by changes up to that number. */
  public Inheritance made(int count, long number) {
    boolean isMore = count < changes.size(); // a view of the list would hold all of it
    return new Inheritance(
        isMore ? changes.subList(count, changes.size()) : List.of(), follows, number);
  }

  /** What is left to be made anew after that step. */
  public Inheritance after(Step step) {
    long made = step.effects().stream().filter(Effect.Anew.class::isInstance).count();
    return made == 0 ? this : made((int) made, step.after().lastChange());
  }

  /**
   * The same for the next replica of the node. What the heir has changed comes first: what it did
   * not come to may follow that.
   *
   * @param more what others lack of the heir's changes
   */
  public Inheritance behind(List<Inherited<?>> more, Replication heir) {
    var all = new ArrayList<>(more);
    all.addAll(changes);
    return new Inheritance(List.copyOf(all), follows.merge(heir.merged()), 0);
  }
}
