package dev.synod.benchmarks.peer;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SOFAJRaft: its log in RocksDB, synced as shipped. In one JVM the client calls in process, at the
 * leader; else it sends its requests to the leader by the RPC that the replicas use among
 * themselves.
 */
final class JRaft implements Peer {

  static final String GROUP = "registers";

  /** Netty as JRaft is built with it, all of it in one jar. */
  static final String NETTY = "netty-all";

  @Override
  public String name() {
    return "jraft";
  }

  @Override
  public boolean runsWith(String jar) {
    return jar.contains(NETTY) || !jar.contains("netty-");
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    return setup.groups() > 1 ? "is measured with one group" : "";
  }

  @Override
  public Replica start(int replica, Setup setup) throws IOException {
    var folder = setup.folder(replica);
    Files.createDirectories(folder);
    var machine = new Machine();
    var options = new NodeOptions();
    options.setInitialConf(configuration(setup));
    options.setFsm(machine);
    options.setLogUri(folder.resolve("log").toString());
    options.setRaftMetaUri(folder.resolve("meta").toString());
    options.setSnapshotUri(folder.resolve("snapshot").toString());
    var self = PeerId.parsePeer(setup.addresses(0).get(replica));
    var rpc = RaftRpcServerFactory.createRaftRpcServer(self.getEndpoint());
    var running = new Running(machine, new RaftGroupService(GROUP, self, options, rpc));
    rpc.registerProcessor(new JRaftRequests(running));
    running.service().start();
    return running;
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    if (here.isEmpty()) {
      return JRaftRemoteClient.connect(setup);
    }
    var replicas = here.stream().map(Running.class::cast).toList();
    var leader =
        Waiting.untilDone(
            () ->
                replicas.stream()
                    .filter(replica -> replica.node().isLeader())
                    .findFirst()
                    .orElseThrow());
    Waiting.get(leader.write(new byte[Integer.BYTES]));
    return new JRaftLocalClient(replicas, leader);
  }

  static Configuration configuration(Setup setup) {
    var configuration = new Configuration();
    var list =
        IntStream.range(0, setup.replicas())
            .mapToObj(setup.addresses(0)::get)
            .collect(Collectors.joining(","));
    if (!configuration.parse(list)) {
      throw new IllegalArgumentException("no configuration: " + list);
    }
    return configuration;
  }

  /** A replica as those in its process see it. */
  record Running(Machine machine, RaftGroupService service) implements Replica {

    Node node() {
      return service.getRaftNode();
    }

    CompletableFuture<Long> write(byte[] value) {
      var answer = new CompletableFuture<Long>();
      node().apply(new Task(ByteBuffer.wrap(value), new Answer(answer)));
      return answer;
    }

    CompletableFuture<Long> read(byte[] key, Freshness freshness) {
      var answer = new CompletableFuture<Long>();
      if (freshness == Freshness.STALE) {
        answer.complete(machine.registers.query(key));
        return answer;
      }
      node()
          .readIndex(
              key,
              new ReadIndexClosure() {
                @Override
                public void run(Status status, long index, byte[] context) {
                  if (status.isOk()) {
                    answer.complete(machine.registers.query(key));
                  } else {
                    new Answer(answer).run(status);
                  }
                }
              });
      return answer;
    }

    @Override
    public void close() {
      service.shutdown();
      Waiting.untilEnded(service::join);
    }
  }

  /** Completes a caller's stage. */
  private record Answer(CompletableFuture<Long> stage) implements Closure {
    @Override
    public void run(Status status) {
      if (status.isOk()) {
        stage.complete(1L);
      } else {
        stage.completeExceptionally(new IllegalStateException(status.toString()));
      }
    }
  }

  /** Keeps no snapshots: a measurement is short, and a restart replays the log. */
  static final class Machine extends StateMachineAdapter {

    private final Registers registers = new Registers();
    private volatile long term;

    @Override
    public void onApply(Iterator entries) {
      while (entries.hasNext()) {
        var entry = entries.getData();
        byte[] value = new byte[entry.remaining()];
        entry.get(entry.position(), value);
        registers.write(value);
        if (entries.done() != null) {
          entries.done().run(Status.OK());
        }
        entries.next();
      }
    }

    @Override
    public void onLeaderStart(long term) {
      super.onLeaderStart(term);
      this.term = term;
    }

    /** The last term in which this replica led; 0 if it never did. */
    long term() {
      return term;
    }
  }
}
