package dev.synod.core;

import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The identity of a data directory, written into it once. A node which lost its disk comes back
 * with a new one, and is a new replica: addresses are not identities.
 */
public record StoreId(UUID uuid) implements Comparable<StoreId> {

  private static final int UUID_LENGTH = 36;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A fresh identity from the given source (a seeded one in simulations). */
  public static StoreId random(RandomGenerator random) {
    return new StoreId(new UUID(random.nextLong(), random.nextLong()));
  }

  /** A readable identity for tests and examples: the number alone. */
  public static StoreId of(long number) {
    return new StoreId(new UUID(0, number));
  }

  /**
   * Reads what {@link #uuid} writes, and nothing that only looks alike.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static StoreId parse(String text) {
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a store's id is a UUID in lower case, but got \""
              + (text.length() > UUID_LENGTH ? text.substring(0, UUID_LENGTH) + "…" : text)
              + "\"");
    }
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
