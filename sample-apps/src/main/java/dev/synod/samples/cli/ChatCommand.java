package dev.synod.samples.cli;

import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.Nodes;
import dev.synod.samples.chat.ChatText;
import dev.synod.samples.chat.Message;
import dev.synod.samples.demo.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod chat}. */
@Command(
    name = "chat",
    description = {
      "Joins the demo's chat room: every line that you type is said, the end of input leaves.",
      "Without --name it shows what was said."
    },
    mixinStandardHelpOptions = true)
public final class ChatCommand implements Callable<Integer> {

  /** How often the room is looked at. */
  private static final Duration PACE = Duration.ofMillis(500);

  /** Shown of what was said before. */
  private static final int HISTORY_MAX = 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Option(names = "--name", paramLabel = "NAME", description = "Your name, 1 to 40 characters.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--say",
      paramLabel = "TEXT",
      description = "Says this one message of 1 to 500 characters, and ends.")
  private Optional<String> text = Optional.empty();

  private final Waiting waiting = new Waiting();
  private long shown;
  private boolean isLost;

  @Override
  public Integer call() throws IOException {
    if (name.isEmpty()) {
      if (text.isPresent()) {
        throw new IllegalArgumentException("Who says that? Add --name.");
      }
      return history(demo.nodes());
    }
    String author = ChatText.author(name.get());
    return text.isPresent() ? say(demo.nodes(), author, text.get()) : talk(demo.nodes(), author);
  }

  private int history(Nodes nodes) {
    Outcome<List<Message>> outcome =
        nodes.repeatably(node -> node.messages(0, Read.linearizable()));
    if (outcome instanceof Outcome.Ok<List<Message>> ok) {
      show(ok.reply());
      return Exit.OK;
    }
    return Exit.printRead(outcome, List::toString, out(), spec.commandLine().getErr());
  }

  /** Says it; the id makes it safe to say it again through another node. */
  private int say(Nodes nodes, String author, String raw) {
    String line = ChatText.text(raw);
    String id = UUID.randomUUID().toString();
    var outcome = nodes.repeatably(node -> node.say(id, author, line));
    if (outcome instanceof Outcome.Ok && text.isEmpty()) {
      return Exit.OK; // shown with everything else that is new
    }
    return Exit.print(outcome, ChatCommand::described, out(), spec.commandLine().getErr());
  }

  private int talk(Nodes nodes, String author) throws IOException {
    int code = history(nodes);
    if (code != Exit.OK) {
      return code;
    }
    print("-- you are " + author + "; say something, or leave with Ctrl-D");
    var watcher = new Thread(() -> watch(nodes), "chat-watch");
    watcher.setDaemon(true);
    watcher.start();
    var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        sayOrComplain(nodes, author, line);
      }
    }
    waiting.end();
    look(nodes);
    return Exit.OK;
  }

  private void sayOrComplain(Nodes nodes, String author, String line) {
    try {
      say(nodes, author, line);
    } catch (IllegalArgumentException e) {
      print("-- " + e.getMessage());
    }
  }

  private void watch(Nodes nodes) {
    while (waiting.pass(PACE)) {
      look(nodes);
    }
  }

  private synchronized void look(Nodes nodes) {
    var outcome = nodes.repeatably(node -> node.messages(shown, Read.stale()));
    if (outcome instanceof Outcome.Ok<List<Message>> ok) {
      isLost = false;
      show(ok.reply());
    } else if (!isLost) {
      isLost = true;
      print("-- no node answers; waiting for one to come back");
    }
  }

  private synchronized void show(List<Message> messages) {
    int skipped = Math.max(0, messages.size() - HISTORY_MAX);
    if (skipped > 0) {
      print("-- and " + skipped + " before");
    }
    for (var message : messages.subList(skipped, messages.size())) {
      print(described(message));
      shown = message.index();
    }
  }

  private static String described(Message message) {
    return "%s %s: %s"
        .formatted(
            TIME.format(Instant.ofEpochMilli(message.sentMillis())),
            message.author(),
            message.text());
  }

  private synchronized void print(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
