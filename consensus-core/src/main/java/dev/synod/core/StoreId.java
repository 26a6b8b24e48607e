package dev.synod.core;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The identity of a data directory, written into it once. A node which lost its disk comes back
 * with a new one, and is a new replica: addresses are not identities.
 */
public record StoreId(UUID uuid) implements Comparable<StoreId> {

  /** A fresh identity from the given source (a seeded one in simulations). */
  public static StoreId random(RandomGenerator random) {
    return new StoreId(new UUID(random.nextLong(), random.nextLong()));
  }

  /** A readable identity for tests and examples: the number alone. */
  public static StoreId of(long number) {
    return new StoreId(new UUID(0, number));
  }

  public static StoreId parse(String text) {
    return new StoreId(UUID.fromString(text));
  }

  @Override
  public int compareTo(StoreId other) {
    return uuid.compareTo(other.uuid);
  }

  /** Short for those made by {@link #of}, else the UUID. */
  @Override
  public String toString() {
    return uuid.getMostSignificantBits() == 0
        ? "s" + uuid.getLeastSignificantBits()
        : uuid.toString();
  }
}
