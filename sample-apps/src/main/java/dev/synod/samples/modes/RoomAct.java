package dev.synod.samples.modes;

import dev.synod.actors.Group;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.raft.Raft;
import dev.synod.samples.api.MachineTime;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.chat.Message;
import dev.synod.samples.demo.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The demo's chat: a majority agrees on each line, so who is cut off from it is refused. */
final class RoomAct implements Act {

  /** Well above the {@code ask-timeout} of who is cut off, as a busy machine may be late. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  /** For all nodes to hear of a line, on a machine that is busy with other things. */
  private static final Duration ARRIVAL_MAX = Duration.ofSeconds(20);

  private static final Chat.Command ALL = new Chat.Recent(0);
  private static final String FIRST = "The vote is at nine.";
  private static final String SECOND = "Nine it is.";
  private static final String REFUSED = "Why not ten?";
  private static final String LAST = "Nine, then.";

  @Override
  public String title() {
    return "a chat, LINEARIZABLE. A majority goes on, the minority is refused; one order for all.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var rooms = Hosted.start(cluster, Group.of("modes-chat", Chat::new).using(Raft.protocol()));
    say(rooms, rooms.leader(), "ann", FIRST, notes);
    arrives(cluster, rooms);
    var leader = rooms.leader();
    var alone = leader.equals("n3") ? "n2" : "n3";
    var third = leader.equals("n1") ? "n2" : "n1";
    notes.tell(leader + " leads the room");

    cluster.cutOff(alone);
    notes.tell(alone + " is cut off");
    say(rooms, third, "bob", SECOND, notes);
    isRefused(rooms, alone, notes);

    cluster.links().heal();
    notes.tell("healed");
    say(rooms, alone, "cat", LAST, notes);
    areEqual(cluster, rooms, notes);
  }

  private static void say(
      Hosted<Chat.Command, Chat.Reply> rooms,
      String node,
      String author,
      String text,
      Notes notes) {
    rooms.ask(node, post(author, text));
    notes.tell("%s  %s: %s".formatted(node, author, text));
  }

  private static Chat.Command post(String author, String text) {
    return new Chat.Post(UUID.randomUUID().toString(), author, text, MachineTime.clock().millis());
  }

  /** Acknowledged is what a majority has; here all are to show it before one of them is cut off. */
  private static void arrives(Cluster cluster, Hosted<Chat.Command, Chat.Reply> rooms) {
    new Waiting()
        .until(
            () -> cluster.names().stream().allMatch(node -> shown(rooms, node).contains(FIRST)),
            ARRIVAL_MAX);
  }

  /** What a read at that node shows that may be stale. */
  private static List<String> shown(Hosted<Chat.Command, Chat.Reply> rooms, String node) {
    return texts(rooms.query(node, ALL, Read.stale()).join());
  }

  /** Somebody on the minority's side writes and reads. */
  private static void isRefused(Hosted<Chat.Command, Chat.Reply> rooms, String alone, Notes notes) {
    notes.tell("%s  cat: %s  and reads the room".formatted(alone, REFUSED));
    long asked = MachineTime.nanos();
    var writing = rooms.propose(alone, post("cat", REFUSED));
    var reading = rooms.query(alone, ALL, Read.linearizable());
    var write = writing.join();
    var read = reading.join();
    var took = Duration.ofNanos(MachineTime.nanos() - asked);
    notes.tell("%s  the line is %s".formatted(alone, Hosted.text(write)));
    notes.tell("%s  the read is %s".formatted(alone, Hosted.text(read)));
    var stale = shown(rooms, alone);
    notes.expect("the line that " + alone + " wanted to write", "refused", Hosted.kind(write));
    notes.expect("its linearizable read", "refused", Hosted.kind(read));
    notes.expect("both were answered in time", true, took.compareTo(ANSWER_MAX) < 0);
    notes.expect("what a read that may be stale shows there", List.of(FIRST), stale);
  }

  private static void areEqual(
      Cluster cluster, Hosted<Chat.Command, Chat.Reply> rooms, Notes notes) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "the room, healed"));
    var seen = new ArrayList<List<String>>();
    for (var node : cluster.names()) {
      var texts = texts(rooms.read(node, ALL));
      rows.add(List.of(node, String.join(" > ", texts)));
      seen.add(texts);
    }
    notes.table(rows);
    for (int i = 0; i < seen.size(); i++) {
      notes.expect("healed: " + cluster.names().get(i), List.of(FIRST, SECOND, LAST), seen.get(i));
    }
  }

  private static List<String> texts(Outcome<Chat.Reply> outcome) {
    return outcome instanceof Outcome.Ok<Chat.Reply> ok ? texts(ok.reply()) : List.of();
  }

  private static List<String> texts(Chat.Reply reply) {
    return reply instanceof Chat.History history
        ? history.messages().stream().map(Message::text).toList()
        : List.of();
  }
}
