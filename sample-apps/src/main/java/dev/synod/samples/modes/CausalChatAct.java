package dev.synod.samples.modes;

import dev.synod.crdt.GSet;
import dev.synod.crdt.actor.ReadOutcome;
import java.util.ArrayList;
import java.util.List;

/** A question, whose way to one node is long, and an answer, whose way is short. */
final class CausalChatAct implements Act {

  private static final String LOBBY = "room/lobby";

  /** Long: else n3 would ask n2 for what it lacks before anybody could look. */
  private static final String PATIENT = "resend-interval = 5s, anti-entropy-interval = 1s";

  @Override
  public String title() {
    return "a chat, CAUSAL. An answer that arrives before its question waits for it.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var replicas = Replicas.start(cluster, "chat", PATIENT, Room.ROOMS);
    var shown = replicas.show(Room.ROOMS, LOBBY);
    var links = cluster.links();
    links.hold(cluster.address("n1"), cluster.address("n3"));
    notes.tell("what n1 sends to n3 is held up from now on");

    var question = say(replicas, "n1", "ann", "Who has the key to the council room?", 0);
    notes.tell("n1  " + question);
    shown.at("n2").await(room -> room.contains(question));
    var answer = say(replicas, "n2", "bob", "I have it.", question.id());
    notes.tell("n2  " + answer);
    // Behind the answer on the same way: once n3 has replied to this, the answer is there.
    var read = replicas.at("n2").readAll(Room.ROOMS, LOBBY);
    int copies = read instanceof ReadOutcome.Found<GSet<Line>> found ? found.copies() : 0;
    int waiting = links.waiting(cluster.address("n1"), cluster.address("n3"));
    var early = replicas.at("n3").value(Room.ROOMS, LOBBY);
    notes.tell("n3 has got the answer; it shows: " + text(early));
    notes.tell("merged as it came, it would show: " + text(early.merge(GSet.of(answer))));

    links.heal();
    shown.await(room -> room.size() == 2);
    notes.tell("the question has come to n3; it shows: " + text(shown.at("n3").last()));

    notes.table(rows(shown));
    notes.expect("replicas that n2's read had reached, n3 with the answer among them", 3, copies);
    notes.expect("messages of n1 were on their way to n3 then", true, waiting > 0);
    notes.expect(
        "answers without their question at n3 then", List.of(), Room.withoutQuestion(early));
    notes.expect("and in all that any node ever showed", List.of(), everOrphans(shown));
    var all = List.of(question, answer);
    shown.forEach((node, room) -> notes.expect("in the end " + node, all, Room.lines(room.last())));
    notes.tell("Synod's replicas deliver causally in every mode, in EVENTUAL too");
  }

  private static Line say(Replicas replicas, String node, String author, String text, long parent) {
    var said = new ArrayList<Line>();
    replicas
        .at(node)
        .update(
            Room.ROOMS,
            LOBBY,
            (room, me) -> {
              said.add(new Line(Room.nextId(room, Room.number(node), 3), parent, author, text));
              return room.add(said.get(0));
            });
    return said.get(0);
  }

  private static List<Line> everOrphans(Everywhere<GSet<Line>> shown) {
    return shown.ever().flatMap(room -> Room.withoutQuestion(room).stream()).toList();
  }

  private static List<List<String>> rows(Everywhere<GSet<Line>> shown) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "showed, one after the other"));
    shown.forEach(
        (node, room) ->
            rows.add(
                List.of(
                    node,
                    String.join(" > ", room.all().stream().map(CausalChatAct::ids).toList()))));
    return rows;
  }

  private static String ids(GSet<Line> room) {
    return Room.lines(room).stream().map(line -> Long.toString(line.id())).toList().toString();
  }

  private static String text(GSet<Line> room) {
    return room.size() == 0 ? "nothing" : Room.lines(room).toString();
  }
}
