package dev.synod.benchmarks;

import dev.synod.actors.Members;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One replica in a process of its own. Ends when its parent does: its standard input is closed
 * then.
 */
final class NodeProcess {

  private NodeProcess() {}

  public static void main(String[] args) throws IOException {
    var system = Nodes.system(Integer.parseInt(args[0]), Path.of(args[1]));
    Nodes.start(system, Members.parse(args[2]));
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
    system.terminate();
  }
}
