package dev.synod.actors.channel;

import java.util.LinkedHashMap;
import java.util.Map;

/** So many values as were used last. For one thread at a time. */
final class Remembered<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;
  private static final int FIRST_CAPACITY = 16;
  private static final float LOAD = 0.75f;

  private final int max;

  Remembered(int max) {
    super(FIRST_CAPACITY, LOAD, true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
