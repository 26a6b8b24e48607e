package dev.synod.testkit.zab;

import dev.synod.testkit.world.Network;
import dev.synod.zab.actor.FromServer;
import dev.synod.zab.protocol.ZabMessage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * How many messages of which kind went between servers of ZAB that it was told to look at. What a
 * heartbeat asks for once more counts once: how often that is depends on when it is due.
 */
final class MessageCount implements Network.Tracker {

  private final BiPredicate<String, String> counts;
  private final Map<String, Long> byKind = new TreeMap<>();
  private final Set<Said> all = new HashSet<>();

  private record Said(String to, ZabMessage message) {}

  /**
   * Nothing was sent yet.
   *
   * @param counts whether messages from that one to that one do
   */
  MessageCount(BiPredicate<String, String> counts) {
    this.counts = counts;
  }

  /** Those of that kind, by its simple name. */
  long of(String kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  @Override
  public void sent(long number, String from, String to, Object message) {
    if (message instanceof FromServer told
        && counts.test(from, to)
        && !isQuestion(told.message())
        && all.add(new Said(to, told.message()))) {
      byKind.merge(told.message().getClass().getSimpleName(), 1L, Long::sum);
    }
  }

  /** Whether something is there that was sent before. */
  private static boolean isQuestion(ZabMessage message) {
    return (message instanceof ZabMessage.Propose propose && propose.entries().isEmpty())
        || (message instanceof ZabMessage.Inform inform && inform.entries().isEmpty());
  }

  @Override
  public void lost(long number) {}

  @Override
  public void arrived(long number) {}
}
