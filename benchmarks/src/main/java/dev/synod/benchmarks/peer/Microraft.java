package dev.synod.benchmarks.peer;

import io.microraft.QueryPolicy;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.model.message.RaftMessage;
import io.microraft.statemachine.StateMachine;
import io.microraft.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * MicroRaft, with neither disk nor wire: replicas hand each other their messages. What a Raft costs
 * when nothing else does.
 */
final class Microraft implements Peer {

  /** Of all replicas in this process, by their setup's first port and their own endpoint. */
  private static final Map<Named, RaftNode> NODES = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "microraft-memory";
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    return layout != Layout.ONE_JVM
        ? "has neither disk nor wire of its own"
        : setup.groups() > 1 ? "is measured with one group" : "";
  }

  @Override
  public Replica start(int replica, Setup setup) {
    var own = endpoint(replica, setup);
    var all =
        IntStream.range(0, setup.replicas())
            .<RaftEndpoint>mapToObj(i -> endpoint(i, setup))
            .toList();
    var node =
        RaftNode.newBuilder()
            .setGroupId("registers")
            .setLocalEndpoint(own)
            .setInitialGroupMembers(all)
            .setTransport(new ByCall())
            .setStateMachine(new Machine(new Registers()))
            .build();
    NODES.put(own, node);
    node.start().join();
    return new Node(own, node);
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    var nodes = here.stream().map(replica -> ((Node) replica).node()).toList();
    var leader =
        Waiting.untilDone(
            () -> {
              var found =
                  nodes.stream()
                      .filter(
                          node ->
                              node.getLocalEndpoint().equals(node.getTerm().getLeaderEndpoint()))
                      .findFirst()
                      .orElseThrow();
              found.replicate(new byte[Integer.BYTES]).join();
              return found;
            });
    return new Caller(nodes, leader);
  }

  private static Named endpoint(int replica, Setup setup) {
    return new Named(setup.port(replica, 0));
  }

  private record Named(int port) implements RaftEndpoint {
    @Override
    public Object getId() {
      return port;
    }
  }

  private record Node(Named endpoint, RaftNode node) implements Replica {
    @Override
    public void close() {
      NODES.remove(endpoint);
      node.terminate().join();
    }
  }

  private record ByCall() implements Transport {
    @Override
    public void send(RaftEndpoint target, RaftMessage message) {
      var node = NODES.get((Named) target);
      if (node != null) {
        node.handle(message);
      }
    }

    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
      return NODES.containsKey((Named) endpoint);
    }
  }

  /** Whatever is no array of bytes is no write. */
  private record Machine(Registers registers) implements StateMachine {

    @Override
    public Object runOperation(long commitIndex, Object operation) {
      return operation instanceof byte[] value
          ? registers.write(value)
          : operation instanceof Get get ? registers.query(get.key) : 0L;
    }

    @Override
    public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
      chunks.accept(registers.snapshot());
    }

    @Override
    public void installSnapshot(long commitIndex, List<Object> chunks) {
      registers.restore((byte[]) chunks.get(0));
    }

    @Override
    public Object getNewTermOperation() {
      return "a new term";
    }
  }

  /** Asks for a register. */
  private static final class Get {

    private final byte[] key;

    Get(byte[] key) {
      this.key = key;
    }
  }

  private record Caller(List<RaftNode> nodes, RaftNode leading) implements Client {

    @Override
    public CompletionStage<?> write(byte[] value) {
      return leading.replicate(value);
    }

    @Override
    public CompletionStage<?> read(byte[] key, Freshness freshness) {
      var policy =
          freshness == Freshness.STALE
              ? QueryPolicy.EVENTUAL_CONSISTENCY
              : QueryPolicy.LINEARIZABLE;
      return leading.query(new Get(key), policy, Optional.empty(), Optional.<Duration>empty());
    }

    @Override
    public OptionalInt leader() {
      return OptionalInt.of(new ArrayList<>(nodes).indexOf(leading));
    }

    @Override
    public OptionalLong leadership() {
      return OptionalLong.of(leading.getTerm().getTerm());
    }

    @Override
    public void close() {
      // the replicas are closed by themselves
    }
  }
}
