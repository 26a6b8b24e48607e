package dev.synod.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** Apache Ratis over gRPC with its own log; the client speaks gRPC in both layouts. */
final class Ratis implements Peer {

  /** The client keeps at most 100 requests under way as shipped; some workloads have more. */
  private static final int OUTSTANDING_MAX = 4_096;

  /** What fits into one append as shipped, less its envelope. */
  private static final int BYTES_MAX = 3 << 20;

  private static final Message DONE = Message.valueOf("1");

  @Override
  public String name() {
    return "ratis";
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    return setup.groups() > 1
        ? "is measured with one group"
        : setup.bytesMax() > BYTES_MAX ? "takes values up to 3 MiB" : "";
  }

  @Override
  public Replica start(int replica, Setup setup) throws IOException {
    var folder = setup.folder(replica);
    var properties = new RaftProperties();
    GrpcConfigKeys.Server.setPort(properties, setup.port(replica, 0));
    RaftServerConfigKeys.setStorageDir(properties, List.of(folder.toFile()));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    var server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(Setup.name(replica)))
            .setGroup(group(setup))
            .setProperties(properties)
            .setStateMachine(new Machine())
            .setOption(Files.exists(folder) ? StartupOption.RECOVER : StartupOption.FORMAT)
            .build();
    server.start();
    return server::close;
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    var properties = new RaftProperties();
    RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, OUTSTANDING_MAX);
    var client =
        RaftClient.newBuilder().setProperties(properties).setRaftGroup(group(setup)).build();
    var caller = new Caller(client, setup);
    Waiting.untilDone(
        () ->
            caller.write(new byte[Integer.BYTES]).toCompletableFuture().get(10, TimeUnit.SECONDS));
    return caller;
  }

  private static RaftGroup group(Setup setup) {
    var id =
        RaftGroupId.valueOf(
            UUID.nameUUIDFromBytes("registers".getBytes(StandardCharsets.US_ASCII)));
    var addresses = setup.addresses(0);
    return RaftGroup.valueOf(
        id,
        IntStream.range(0, setup.replicas())
            .mapToObj(
                i ->
                    RaftPeer.newBuilder().setId(Setup.name(i)).setAddress(addresses.get(i)).build())
            .toList());
  }

  /** Keeps no snapshots: a measurement is short, and a restart replays the log. */
  private static final class Machine extends BaseStateMachine {

    private final Registers registers = new Registers();

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
      var entry = transaction.getLogEntry();
      registers.write(entry.getStateMachineLogEntry().getLogData().toByteArray());
      updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
      return CompletableFuture.completedFuture(DONE);
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
      registers.query(request.getContent().toByteArray());
      return CompletableFuture.completedFuture(DONE);
    }

    @Override
    public CompletableFuture<Message> queryStale(Message request, long indexMin) {
      return query(request);
    }
  }

  private record Caller(RaftClient client, Setup setup) implements Client {

    @Override
    public CompletionStage<?> write(byte[] value) {
      return client.async().send(message(value)).thenAccept(Caller::check);
    }

    @Override
    public CompletionStage<?> read(byte[] key, Freshness freshness) {
      var answer =
          freshness == Freshness.STALE
              ? client.async().sendReadOnlyNonLinearizable(message(key))
              : client.async().sendReadOnly(message(key));
      return answer.thenAccept(Caller::check);
    }

    private static Message message(byte[] value) {
      return Message.valueOf(ByteString.copyFrom(value));
    }

    private static void check(RaftClientReply reply) {
      if (!reply.isSuccess()) {
        throw new IllegalStateException("no success", reply.getException());
      }
    }

    @Override
    public OptionalInt leader() {
      return IntStream.range(0, setup.replicas())
          .filter(i -> role(i).filter(r -> r.getRole() == RaftPeerRole.LEADER).isPresent())
          .findFirst();
    }

    @Override
    public OptionalLong leadership() {
      return IntStream.range(0, setup.replicas())
          .mapToObj(this::role)
          .flatMap(Optional::stream)
          .filter(RoleInfoProto::hasLeaderInfo)
          .mapToLong(role -> role.getLeaderInfo().getTerm())
          .max();
    }

    /** Empty if that server does not answer. */
    private Optional<RoleInfoProto> role(int replica) {
      try {
        return Optional.of(
            client
                .getGroupManagementApi(RaftPeerId.valueOf(Setup.name(replica)))
                .info(client.getGroupId())
                .getRoleInfoProto());
      } catch (IOException silent) {
        return Optional.empty();
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
