package dev.synod.samples.node;

import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.counter.Counter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The two groups that every node of the demo hosts, and where it backs them up. */
public record Groups(
    Replicated<Counter.Command, Long> counter,
    Replicated<Chat.Command, Chat.Reply> chat,
    Backups backups) {

  /** How this node's replicas are. */
  public CompletionStage<NodeStatus> status(String node) {
    long pid = ProcessHandle.current().pid();
    return counter
        .status()
        .thenCombine(chat.status(), (one, two) -> new NodeStatus(node, pid, List.of(one, two)));
  }
}
