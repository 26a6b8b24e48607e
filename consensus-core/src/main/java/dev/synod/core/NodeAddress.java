package dev.synod.core;

/**
 * Where a node can be reached, and what people call it. Not an identity: that is its {@link
 * StoreId}.
 *
 * @param name short, for tables and logs, such as {@code n1}
 * @param address of its actor system, such as {@code pekko://shop@10.0.0.7:7355}
 */
public record NodeAddress(String name, String address) {

  /** Longest name or address, in characters. */
  public static final int LENGTH_MAX = 255;

  public NodeAddress {
    if (name.isBlank() || name.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a node's name has 1 to 255 characters, but got " + name.length());
    }
    if (address.isBlank() || address.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "the address of node " + name + " has 1 to 255 characters, but got " + address.length());
    }
  }

  @Override
  public String toString() {
    return name + " (" + address + ")";
  }
}
