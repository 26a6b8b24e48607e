package dev.synod.testkit.lab.pause;

import java.util.ArrayList;
import java.util.List;

/** What the holders of a lease write to. */
public final class Storage {

  private final boolean fences;
  private final List<String> accepted = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private long highestToken;

  /**
   * Empty.
   *
   * @param fences whether a write with a lower token than an earlier one is refused
   */
  public Storage(boolean fences) {
    this.fences = fences;
  }

  /** Takes the write, or refuses it. */
  public void write(String who, long token) {
    if (fences && token < highestToken) {
      refused.add(who);
      return;
    }
    highestToken = Math.max(highestToken, token);
    accepted.add(who);
  }

  /** Who wrote, in order; the last one's write is what is there. */
  public List<String> accepted() {
    return List.copyOf(accepted);
  }

  public List<String> refused() {
    return List.copyOf(refused);
  }
}
