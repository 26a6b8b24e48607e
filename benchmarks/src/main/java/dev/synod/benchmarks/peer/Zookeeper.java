package dev.synod.benchmarks.peer;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * Apache ZooKeeper, its transaction log forced as shipped. The client speaks TCP in both layouts,
 * in one session; a linearizable read is a sync followed by a read.
 */
final class Zookeeper implements Peer {

  private static final int SESSION_MILLIS = 10_000;

  /** What fits into a packet as shipped ({@code jute.maxbuffer}), less its envelope. */
  private static final int BYTES_MAX = 1_000_000;

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    return setup.groups() > 1
        ? "has one group"
        : setup.bytesMax() > BYTES_MAX ? "takes values up to 1 MB" : "";
  }

  @Override
  public Replica start(int replica, Setup setup) throws Exception {
    // The administrator's page over HTTP is neither needed nor on the class path.
    System.setProperty("zookeeper.admin.enableServer", "false");
    Files.createDirectories(setup.folder(replica));
    Files.writeString(setup.folder(replica).resolve("myid"), String.valueOf(replica + 1));
    var properties = new Properties();
    properties.setProperty("dataDir", setup.folder(replica).toString());
    properties.setProperty("clientPort", String.valueOf(setup.port(replica, 0)));
    properties.setProperty("clientPortAddress", Setup.HOST);
    properties.setProperty("tickTime", "2000");
    properties.setProperty("initLimit", "10");
    properties.setProperty("syncLimit", "5");
    properties.setProperty("maxClientCnxns", "0");
    for (int i = 0; i < setup.replicas(); i++) {
      properties.setProperty(
          "server." + (i + 1),
          "%s:%d:%d".formatted(Setup.HOST, setup.port(i, 1), setup.port(i, 2)));
    }
    var config = new QuorumPeerConfig();
    config.parseProperties(properties);
    var server = new Server();
    var thread = new Thread(() -> server.run(config), "zookeeper-" + Setup.name(replica));
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    var addresses = setup.addresses(0);
    var session = new ZooKeeper(String.join(",", addresses), SESSION_MILLIS, event -> {});
    for (int register = 0; register < Registers.COUNT; register++) {
      String path = Caller.path(register);
      Waiting.untilDone(
          () -> {
            try {
              return session.create(path, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            } catch (KeeperException.NodeExistsException created) {
              return path; // by a try whose answer was lost
            }
          });
    }
    return new Caller(session, addresses);
  }

  /** A server of the ensemble; its entry point keeps the field for the running server to itself. */
  private static final class Server extends QuorumPeerMain implements Replica {

    void run(QuorumPeerConfig config) {
      try {
        runFromConfig(config);
      } catch (Exception e) {
        throw new IllegalStateException("a ZooKeeper server did not run", e);
      }
    }

    @Override
    public void close() {
      if (quorumPeer != null) {
        quorumPeer.shutdown();
      }
    }
  }

  private record Caller(ZooKeeper session, List<String> addresses) implements Client {

    private static final Pattern ZXID = Pattern.compile("Zxid: 0x([0-9a-f]+)");

    static String path(int register) {
      return "/r" + register;
    }

    private static String path(byte[] value) {
      return path(Math.floorMod(ByteBuffer.wrap(value).getInt(), Registers.COUNT));
    }

    @Override
    public CompletionStage<?> write(byte[] value) {
      var answer = new CompletableFuture<Long>();
      session.setData(
          path(value),
          value,
          -1,
          (code, path, context, stat) -> complete(answer, code, path),
          null);
      return answer;
    }

    @Override
    public CompletionStage<?> read(byte[] key, Freshness freshness) {
      var answer = new CompletableFuture<Long>();
      if (freshness == Freshness.LINEARIZABLE) {
        // Answered in the order of a session's requests, so the read need not wait for the answer.
        session.sync(path(key), (code, path, context) -> {}, null);
      }
      session.getData(
          path(key),
          false,
          (code, path, context, value, stat) -> complete(answer, code, path),
          null);
      return answer;
    }

    private static void complete(CompletableFuture<Long> answer, int code, String path) {
      if (code == KeeperException.Code.OK.intValue()) {
        answer.complete(1L);
      } else {
        answer.completeExceptionally(KeeperException.create(KeeperException.Code.get(code), path));
      }
    }

    @Override
    public OptionalInt leader() {
      return IntStream.range(0, addresses.size())
          .filter(i -> tell(i).filter(text -> text.contains("Mode: leader")).isPresent())
          .findFirst();
    }

    /** The epoch: the upper half of a transaction's number. */
    @Override
    public OptionalLong leadership() {
      return IntStream.range(0, addresses.size())
          .mapToObj(this::tell)
          .flatMap(Optional::stream)
          .map(ZXID::matcher)
          .filter(java.util.regex.Matcher::find)
          .mapToLong(found -> Long.parseLong(found.group(1), 16) >>> 32)
          .max();
    }

    /** What that server says of itself; empty if it says nothing. */
    private Optional<String> tell(int replica) {
      String[] address = addresses.get(replica).split(":");
      try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(2));
        socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
        return Optional.of(
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      } catch (IOException silent) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      Waiting.untilEnded(session::close);
    }
  }
}
