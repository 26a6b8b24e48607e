package dev.synod.benchmarks.peer;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.etcd.jetcd.options.GetOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** etcd as the distribution packages it, three processes; the client is jetcd. */
final class Etcd implements Peer {

  /** All revisions are kept for as long as a measurement takes: the most that etcd advises. */
  private static final long QUOTA_BYTES = 8L << 30;

  private static final long SECONDS = 10;

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String refusal(Layout layout, Setup setup) {
    if (layout != Layout.THREE_JVMS) {
      return "is no part of a JVM";
    }
    return setup.groups() > 1 ? "has one group" : program().isEmpty() ? "is not installed" : "";
  }

  private static Optional<Path> program() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "etcd"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public Replica start(int replica, Setup setup) {
    throw new UnsupportedOperationException("etcd is no part of a JVM");
  }

  @Override
  public Process launch(int replica, Setup setup) throws IOException {
    String peer = url(setup, replica, 1);
    String client = url(setup, replica, 0);
    var members =
        IntStream.range(0, setup.replicas())
            .mapToObj(i -> Setup.name(i) + "=" + url(setup, i, 1))
            .collect(Collectors.joining(","));
    return new ProcessBuilder(
            program().orElseThrow().toString(),
            "--name=" + Setup.name(replica),
            "--data-dir=" + setup.folder(replica),
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--initial-cluster=" + members,
            "--quota-backend-bytes=" + QUOTA_BYTES,
            "--log-level=error")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String url(Setup setup, int replica, int use) {
    return "http://" + setup.addresses(use).get(replica);
  }

  @Override
  public Client connect(Setup setup, List<Replica> here) throws Exception {
    var urls = IntStream.range(0, setup.replicas()).mapToObj(i -> url(setup, i, 0)).toList();
    var client = io.etcd.jetcd.Client.builder().endpoints(urls.toArray(String[]::new)).build();
    var caller = new Caller(client, client.getKVClient(), urls);
    Waiting.untilDone(
        () -> caller.write(new byte[Integer.BYTES]).toCompletableFuture().get(1, TimeUnit.SECONDS));
    return caller;
  }

  private record Caller(io.etcd.jetcd.Client client, KV store, List<String> urls)
      implements Client {

    private static final GetOption SERIALIZABLE =
        GetOption.builder().withSerializable(true).build();

    @Override
    public CompletionStage<?> write(byte[] value) {
      return store.put(key(value), ByteSequence.from(value));
    }

    @Override
    public CompletionStage<?> read(byte[] key, Freshness freshness) {
      return freshness == Freshness.STALE ? store.get(key(key), SERIALIZABLE) : store.get(key(key));
    }

    private static ByteSequence key(byte[] value) {
      return ByteSequence.from(Arrays.copyOf(value, Integer.BYTES));
    }

    @Override
    public OptionalInt leader() {
      return IntStream.range(0, urls.size())
          .filter(
              i -> status(i).filter(s -> s.getLeader() == s.getHeader().getMemberId()).isPresent())
          .findFirst();
    }

    @Override
    public OptionalLong leadership() {
      return IntStream.range(0, urls.size())
          .mapToObj(this::status)
          .flatMap(Optional::stream)
          .mapToLong(StatusResponse::getRaftTerm)
          .max();
    }

    /** Empty if that server does not answer. */
    private Optional<StatusResponse> status(int replica) {
      return client
          .getMaintenanceClient()
          .statusMember(urls.get(replica))
          .orTimeout(SECONDS, TimeUnit.SECONDS)
          .handle((status, failure) -> Optional.ofNullable(status))
          .join();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
