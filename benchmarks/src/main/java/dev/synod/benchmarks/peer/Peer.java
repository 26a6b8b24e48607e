package dev.synod.benchmarks.peer;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A system that can be measured. */
public interface Peer {

  /** As it stands in tables. */
  String name();

  /** Empty if it can be run like that, else the reason, for a person. */
  String refusal(Layout layout, Setup setup);

  /**
   * Whether that jar belongs on the class path of its processes: systems bring versions of the same
   * library, and each runs with its own.
   */
  default boolean runsWith(String jar) {
    return !jar.contains(JRaft.NETTY);
  }

  /** The part of this process's class path that it runs with. */
  default String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(this::runsWith)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts one replica, counted from 0, in this process. */
  Replica start(int replica, Setup setup) throws Exception;

  /**
   * Starts one replica in a process of its own. It ends with the process that started it, or when
   * destroyed.
   */
  default Process launch(int replica, Setup setup) throws IOException {
    return JavaProcess.start(
        classPath(),
        List.of("-Xmx1g"),
        ReplicaProcess.class,
        List.of(name(), String.valueOf(replica), setup.toString()));
  }

  /**
   * Returns once a write was answered.
   *
   * @param here the replicas that run in this process: all of them or none
   */
  Client connect(Setup setup, List<Replica> here) throws Exception;

  /** A running replica. */
  interface Replica extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
