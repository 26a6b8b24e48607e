package dev.synod.benchmarks.peer;

import java.util.Locale;

/** Where replicas and client run. */
public enum Layout {
  /** All replicas and the client in one process; they talk as they would between processes. */
  ONE_JVM,
  /** Each replica in a process of its own, the client in another. */
  THREE_JVMS;

  /** The layout of that name, such as {@code one-jvm}. */
  public static Layout named(String name) {
    for (Layout layout : values()) {
      if (layout.toString().equals(name)) {
        return layout;
      }
    }
    throw new IllegalArgumentException("a layout is one-jvm or three-jvms, but got " + name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
