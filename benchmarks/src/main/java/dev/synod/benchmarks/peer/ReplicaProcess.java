package dev.synod.benchmarks.peer;

/**
 * One replica in a process of its own. Ends when its parent does: its standard input is closed
 * then.
 */
final class ReplicaProcess {

  private ReplicaProcess() {}

  public static void main(String[] args) throws Exception {
    // What a system prints is nobody's to read, and a full pipe would stop it.
    System.setOut(System.err);
    var replica = Peers.named(args[0]).start(Integer.parseInt(args[1]), Setup.parse(args[2]));
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
    replica.close();
    System.exit(0);
  }
}
