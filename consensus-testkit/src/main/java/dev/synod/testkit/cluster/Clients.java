package dev.synod.testkit.cluster;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.HistoryRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clients on the machines, each of which asks one thing at a time. As many as are needed: who
 * asks while all others wait is a new one.
 */
final class Clients {

  private final HistoryRecorder recorder;
  private final Map<String, ArrayDeque<Client>> idle = new HashMap<>();
  private final Map<String, List<Client>> busy = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** A client, and what it knows: the index of the last command of which it saw an effect. */
  static final class Client {
    private final String node;
    private final String name;
    private long knows;
    private HistoryRecorder.Pending pending;

    private Client(String node, String name, HistoryRecorder.Pending pending) {
      this.node = node;
      this.name = name;
      this.pending = pending;
    }

    String node() {
      return node;
    }

    long knows() {
      return knows;
    }

    void learns(long index) {
      knows = Math.max(knows, index);
    }

    /** The call that it waits for, or the last one. */
    HistoryRecorder.Pending pending() {
      return pending;
    }
  }

  Clients(HistoryRecorder recorder) {
    this.recorder = recorder;
  }

  /** A client on that machine asks. */
  Client ask(String node, Call call) {
    var waiting = idle.computeIfAbsent(node, name -> new ArrayDeque<>());
    var client = waiting.isEmpty() ? newcomer(node, call) : again(waiting.pop(), call);
    busy.computeIfAbsent(node, name -> new ArrayList<>()).add(client);
    return client;
  }

  private Client newcomer(String node, Call call) {
    var name = node + "/" + counts.merge(node, 1, Integer::sum);
    return new Client(node, name, recorder.invoke(name, call));
  }

  private Client again(Client client, Call call) {
    client.pending = recorder.invoke(client.name, call);
    return client;
  }

  /** It was answered, and may ask again. */
  void answered(Client client) {
    busy.getOrDefault(client.node, List.of()).remove(client);
    idle.getOrDefault(client.node, new ArrayDeque<>()).push(client);
  }

  /** Whether nobody waits for an outcome. */
  boolean areIdle() {
    return busy.values().stream().allMatch(List::isEmpty);
  }

  /** The machine's power went: nobody there will know how the last call ended. */
  void gone(String node) {
    busy.getOrDefault(node, List.of()).forEach(client -> client.pending.unknown("power cut"));
    busy.remove(node);
    idle.remove(node);
  }
}
