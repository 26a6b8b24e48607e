package dev.synod.benchmarks.peer;

import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/** A replica's door for remote clients. A request is a byte that says what is asked, then bytes. */
record JRaftRequests(JRaft.Running replica) implements RpcProcessor<byte[]> {

  static final byte WRITE = 0;
  static final byte READ = 1;
  static final byte STALE_READ = 2;

  static final byte[] OK = {0};
  static final byte[] FAILED = {1};

  @Override
  public void handleRequest(RpcContext context, byte[] request) {
    byte[] value = Arrays.copyOfRange(request, 1, request.length);
    CompletionStage<Long> answer =
        switch (request[0]) {
          case WRITE -> replica.write(value);
          case READ -> replica.read(value, Freshness.LINEARIZABLE);
          default -> replica.read(value, Freshness.STALE);
        };
    answer.whenComplete((reply, failure) -> context.sendResponse(failure == null ? OK : FAILED));
  }

  @Override
  public String interest() {
    return byte[].class.getName();
  }
}
