package dev.synod.samples.script;

import dev.synod.samples.chat.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients were told: the half of the truth that must be found again. Safe for many
 * threads.
 */
public final class Ledger {

  private final List<Long> adds = new ArrayList<>();
  private final List<Long> unknownAdds = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private int unknownMessages;
  private int rejected;

  public synchronized void addAcknowledged(long amount) {
    adds.add(amount);
  }

  /** It may or may not be in the counter. */
  public synchronized void addUnknown(long amount) {
    unknownAdds.add(amount);
  }

  public synchronized void messageAcknowledged(Message message) {
    messages.add(message);
  }

  /** It may or may not be in the room. */
  public synchronized void messageUnknown() {
    unknownMessages++;
  }

  /** Certainly not taken. */
  public synchronized void rejected() {
    rejected++;
  }

  /** All so far, as values. */
  public synchronized Told told() {
    return new Told(adds, unknownAdds, messages, unknownMessages, rejected);
  }

  /**
   * What was told up to some moment.
   *
   * @param adds acknowledged amounts
   * @param messages acknowledged, as they were said to stand in the log
   */
  public record Told(
      List<Long> adds,
      List<Long> unknownAdds,
      List<Message> messages,
      int unknownMessages,
      int rejected) {

    public Told {
      adds = List.copyOf(adds);
      unknownAdds = List.copyOf(unknownAdds);
      messages = List.copyOf(messages);
    }

    @Override
    public String toString() {
      return "acknowledged %d adds and %d messages; unknown %d and %d; rejected %d"
          .formatted(adds.size(), messages.size(), unknownAdds.size(), unknownMessages, rejected);
    }
  }
}
