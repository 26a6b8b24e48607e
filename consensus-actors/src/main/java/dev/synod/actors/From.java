package dev.synod.actors;

/** Where a watch begins. */
public sealed interface From {

  /**
   * With what is applied after the replica that serves the watch has heard of it. To miss nothing
   * since a certain write or read, begin {@link #after} its index.
   */
  static From now() {
    return Now.INSTANCE;
  }

  /** With the change at that index, or the first one behind it, be it applied already or not. */
  static From index(long index) {
    return new Index(index);
  }

  /**
   * With the first change behind that index.
   *
   * @param index of a change seen before ({@link AppliedCommand#index}), or of the outcome of a
   *     command or read ({@link dev.synod.core.Outcome.Ok#index})
   */
  static From after(long index) {
    return new Index(Math.addExact(index, 1));
  }

  /** See {@link #now()}. */
  enum Now implements From {
    INSTANCE
  }

  /** See {@link #index}. */
  record Index(long index) implements From {
    public Index {
      if (index < 1) {
        throw new IllegalArgumentException("a log begins with index 1, but got " + index);
      }
    }
  }
}
