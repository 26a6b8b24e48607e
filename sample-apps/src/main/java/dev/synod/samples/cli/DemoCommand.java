package dev.synod.samples.cli;

import dev.synod.samples.api.MachineTime;
import dev.synod.samples.demo.Demo;
import dev.synod.samples.demo.DemoException;
import dev.synod.samples.demo.DemoFolder;
import dev.synod.samples.demo.Leaders;
import dev.synod.samples.node.DemoProtocol;
import dev.synod.samples.script.Script;
import dev.synod.samples.script.ScriptFailure;
import dev.synod.samples.script.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code synod demo}: runs until Ctrl-C, or until its script ends. */
@Command(
    name = "demo",
    description = {
      "Runs three nodes on this machine, each a process of its own, with a replicated counter and "
          + "chat, and a page for the browser.",
      "Ctrl-C ends them all; what was written is there again the next time."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  /** How often the watcher asks who leads. */
  private static final Duration PACE = Duration.ofMillis(500);

  /** For JVMs to start and elect, on a machine that is busy with other things. */
  private static final Duration START_MAX = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "For data and logs (default: " + RunningDemo.FOLDER + ").")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "3 or 5 nodes (default: 3).")
  private int count = 3;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "What replicates the groups: raft, paxos or zab (default: as before in the folder,"
              + " else raft).")
  private Optional<DemoProtocol> protocol = Optional.empty();

  @Option(names = "--fresh", description = "Forgets what an earlier demo left in the folder.")
  private boolean isFresh;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description = "Begins anew, as --fresh does, with a group's state from this backup.")
  private List<Path> backups = new ArrayList<>();

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = {
        "Plays a script instead of waiting for people, and fails if anything acknowledged is lost. "
            + "\"kill-leader\" comes with Synod. Without --dir the data is kept only on failure."
      })
  private Optional<String> script = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (count != 3 && count != 5) {
      throw new ParameterException(spec.commandLine(), "--nodes is 3 or 5, not " + count + ".");
    }
    var progress = progress();
    if (script.isPresent()) {
      return play(readScript(script.get()), progress);
    }
    var demoFolder = new DemoFolder(folder.orElse(Path.of(RunningDemo.FOLDER)));
    progress.accept("%d nodes, their data and logs are in %s".formatted(count, demoFolder.path()));
    try (var demo = start(demoFolder, progress)) {
      endWithThisProcess(demo, progress);
      return run(demo, progress);
    }
  }

  private Demo start(DemoFolder place, Consumer<String> progress) {
    return Demo.start(place, count, protocol, isFresh || !backups.isEmpty(), backups, progress);
  }

  private int run(Demo demo, Consumer<String> progress) {
    var watcher = new Leaders.Watcher(progress);
    boolean isUp =
        demo.waiting()
            .until(
                () -> {
                  watcher.look(demo.nodes());
                  return watcher.knowsAll() || !demo.isAnyRunning();
                },
                START_MAX);
    if (!demo.isAnyRunning()) {
      throw new DemoException("No node runs any more; their logs say why.");
    }
    if (!demo.waiting().isEnded()) {
      progress.accept(
          isUp
              ? "page: " + demo.pages().get(0) + "  (or any other node's)"
              : "no leader yet; the nodes' logs may say why");
      progress.accept(
          "try: ./synod counter add 5, ./synod chat --name ann, ./synod status, ./synod kill n1");
      progress.accept("Ctrl-C ends the demo");
    }
    while (demo.waiting().pass(PACE)) {
      watcher.look(demo.nodes());
    }
    return Exit.OK;
  }

  private int play(Script lines, Consumer<String> progress) throws IOException {
    boolean isTemporary = folder.isEmpty();
    var path =
        isTemporary
            ? Files.createTempDirectory("synod-demo-")
            : folder.orElse(Path.of(RunningDemo.FOLDER));
    var demoFolder = new DemoFolder(path);
    try (var demo = start(demoFolder, progress)) {
      endWithThisProcess(demo, progress);
      new Stage(demo, progress).play(lines);
    } catch (ScriptFailure | DemoException e) {
      progress.accept("FAILED; the nodes' logs and data are in " + path);
      throw e;
    }
    if (isTemporary) {
      demoFolder.remove();
    }
    progress.accept("the script went as written");
    return Exit.OK;
  }

  private static Script readScript(String name) throws IOException {
    var file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return Script.parse(Files.readAllLines(file));
    }
    if (name.matches("[a-z-]{1,40}")) {
      var resource = "/dev/synod/samples/scripts/" + name + ".synod";
      try (var stream = DemoCommand.class.getResourceAsStream(resource)) {
        if (stream != null) {
          return Script.parse(
              new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
      }
    }
    throw new DemoException("There is no script " + name + ".");
  }

  /** So that a signal to this process ends the nodes too. */
  private static void endWithThisProcess(Demo demo, Consumer<String> progress) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!demo.waiting().isEnded()) {
                    progress.accept("ending all nodes …");
                    demo.close();
                    progress.accept("ended");
                  }
                },
                "demo-end"));
  }

  /** Prints lines, each after the seconds since the start. */
  private Consumer<String> progress() {
    long start = MachineTime.nanos();
    var out = spec.commandLine().getOut();
    return text -> {
      synchronized (out) {
        out.printf("%6.1f s  %s%n", (MachineTime.nanos() - start) / 1e9, text);
        out.flush();
      }
    };
  }
}
