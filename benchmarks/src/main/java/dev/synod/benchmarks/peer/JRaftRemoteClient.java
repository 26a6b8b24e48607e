package dev.synod.benchmarks.peer;

import com.alipay.sofa.jraft.RouteTable;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.CliOptions;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.impl.cli.CliClientServiceImpl;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends requests to the replica that is said to lead, and asks anew who that is after a failure.
 */
final class JRaftRemoteClient implements Client {

  private static final int ANSWER_MILLIS = 10_000;
  private static final int REFRESH_MILLIS = 500;

  private final Setup setup;
  private final CliClientServiceImpl service = new CliClientServiceImpl();
  private final RpcClient rpc;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile boolean closed;
  private volatile PeerId leading = PeerId.emptyPeer();

  private JRaftRemoteClient(Setup setup) {
    this.setup = setup;
    RouteTable.getInstance().updateConfiguration(JRaft.GROUP, JRaft.configuration(setup));
    if (!service.init(new CliOptions())) {
      throw new IllegalStateException("the client of JRaft did not start");
    }
    this.rpc = service.getRpcClient();
  }

  static JRaftRemoteClient connect(Setup setup) throws Exception {
    var client = new JRaftRemoteClient(setup);
    Waiting.untilDone(
        () -> {
          client.findLeader();
          return client
              .write(new byte[Integer.BYTES])
              .toCompletableFuture()
              .get(1, TimeUnit.SECONDS);
        });
    return client;
  }

  @Override
  public CompletionStage<?> write(byte[] value) {
    return send(JRaftRequests.WRITE, value);
  }

  @Override
  public CompletionStage<?> read(byte[] key, Freshness freshness) {
    return send(freshness == Freshness.STALE ? JRaftRequests.STALE_READ : JRaftRequests.READ, key);
  }

  private CompletableFuture<Long> send(byte kind, byte[] value) {
    byte[] request = new byte[value.length + 1];
    request[0] = kind;
    System.arraycopy(value, 0, request, 1, value.length);
    var answer = new CompletableFuture<Long>();
    PeerId leader = leading;
    if (leader.isEmpty()) {
      failed(answer, new IllegalStateException("no leader is known"));
      return answer;
    }
    try {
      rpc.invokeAsync(
          leader.getEndpoint(),
          request,
          (reply, failure) -> {
            if (failure == null && reply instanceof byte[] code && code[0] == 0) {
              answer.complete(1L);
            } else {
              failed(answer, new IllegalStateException("refused", failure));
            }
          },
          ANSWER_MILLIS);
    } catch (RemotingException e) {
      failed(answer, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private void failed(CompletableFuture<Long> answer, Exception failure) {
    if (!closed && refreshing.compareAndSet(false, true)) {
      var refresher = new Thread(this::refresh, "jraft-leader");
      refresher.setDaemon(true);
      refresher.start();
    }
    answer.completeExceptionally(failure);
  }

  private void refresh() {
    try {
      findLeader();
    } catch (TimeoutException none) {
      leading = PeerId.emptyPeer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      refreshing.set(false);
    }
  }

  private void findLeader() throws InterruptedException, TimeoutException {
    var routes = RouteTable.getInstance();
    if (routes.refreshLeader(service, JRaft.GROUP, REFRESH_MILLIS).isOk()) {
      leading = routes.selectLeader(JRaft.GROUP);
    }
  }

  @Override
  public OptionalInt leader() throws Exception {
    findLeader();
    int index = setup.addresses(0).indexOf(leading.getEndpoint().toString());
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Replicas tell no term to clients. */
  @Override
  public OptionalLong leadership() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    closed = true;
    service.shutdown();
  }
}
