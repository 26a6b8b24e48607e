package dev.synod.samples.api;

/**
 * How much may be added to the counter at once: small enough that no person can make it overflow.
 */
public final class Amount {

  public static final long MAX = 1_000_000;

  private Amount() {}

  /** The amount that the text says, or an {@link IllegalArgumentException} made for people. */
  public static long parse(String text) {
    if (!text.matches("[+-]?[0-9]{1,18}")) {
      throw new IllegalArgumentException("An amount is a whole number, but not \"" + text + "\".");
    }
    return checked(Long.parseLong(text));
  }

  /** The amount itself, or an {@link IllegalArgumentException} made for people. */
  public static long checked(long amount) {
    if (amount < -MAX || amount > MAX) {
      throw new IllegalArgumentException(
          "%d is too much at once: an amount is between -%d and %d.".formatted(amount, MAX, MAX));
    }
    return amount;
  }
}
