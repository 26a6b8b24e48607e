package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.Event;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Histories of a few clients and an object that does what its model says, each operation at a
 * random moment between invocation and end; some are rejected, some end unknown and have their
 * effect later or never. A liar then changes some results.
 */
final class RandomHistories<S> {

  /** What may be asked, and what may be answered. */
  interface Vocabulary {

    Call call(Random random, String client);

    /** All results that the call can have. */
    List<String> results(Call call);
  }

  private final Model<S> model;
  private final Vocabulary vocabulary;
  private final Random random;
  private final Map<String, S> states = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Event.Invoke> late = new ArrayList<>();
  private final Map<Event.Invoke, Long> taken = new HashMap<>();

  RandomHistories(Model<S> model, Vocabulary vocabulary, long seed) {
    this.model = model;
    this.vocabulary = vocabulary;
    this.random = new Random(seed);
  }

  private static final class Client {
    private final String name;
    private Optional<Event.Invoke> asking = Optional.empty();
    private Optional<String> result = Optional.empty();

    private Client(String name) {
      this.name = name;
    }
  }

  /** A history which the model explains. */
  History honest(int clientCount, int operations, int unknownPercent) {
    var clients = new ArrayList<Client>();
    for (int i = 1; i <= clientCount; i++) {
      clients.add(new Client("c" + i));
    }
    int left = operations;
    while (left > 0 || clients.stream().anyMatch(each -> each.asking.isPresent())) {
      var client = clients.get(random.nextInt(clientCount));
      if (client.asking.isEmpty() && left > 0) {
        left--;
        var call = vocabulary.call(random, client.name);
        var invocation = new Event.Invoke(events.size(), client.name, call);
        client.asking = Optional.of(invocation);
        events.add(invocation);
      } else if (client.asking.isPresent()) {
        goOn(client, client.asking.get(), unknownPercent);
      }
      if (!late.isEmpty() && random.nextInt(4) == 0) {
        take(late.remove(random.nextInt(late.size())));
      }
    }
    return new History(events);
  }

  /** In which order all that took effect did so. */
  Guess order() {
    return operation -> taken.getOrDefault(operation.invoke(), Guess.UNKNOWN);
  }

  private void goOn(Client client, Event.Invoke asked, int unknownPercent) {
    if (client.result.isPresent()) {
      boolean isLost = random.nextInt(100) < unknownPercent;
      end(client, isLost ? Ending.UNKNOWN : Ending.OK, isLost ? "" : client.result.get());
    } else if (random.nextInt(100) < unknownPercent) {
      boolean isRejected = random.nextBoolean();
      if (!isRejected) {
        late.add(asked);
      }
      end(client, isRejected ? Ending.REJECTED : Ending.UNKNOWN, "");
    } else {
      client.result = Optional.of(take(asked));
    }
  }

  private void end(Client client, Ending ending, String text) {
    events.add(new Event.End(events.size(), client.name, ending, text));
    client.asking = Optional.empty();
    client.result = Optional.empty();
  }

  /** The effect; returns the first result that the model allows. */
  private String take(Event.Invoke asked) {
    var call = asked.call();
    taken.put(asked, (long) taken.size());
    S state = states.getOrDefault(model.part(call), model.initial());
    for (var result : vocabulary.results(call)) {
      var after = model.step(state, call, Optional.of(result));
      if (after.isPresent()) {
        states.put(model.part(call), after.get());
        return result;
      }
    }
    throw new IllegalStateException("no result for " + call + " in " + state);
  }

  /** The same with so many results changed, perhaps to what they were. */
  History dishonest(History history, int lies) {
    var changed = new ArrayList<>(history.events());
    for (int i = 0; i < lies; i++) {
      var operation = history.operations().get(random.nextInt(history.operations().size()));
      if (operation.ending() == Ending.OK) {
        var results = vocabulary.results(operation.call());
        var text = results.get(random.nextInt(results.size()));
        changed.set(
            operation.endedAt(),
            new Event.End(operation.end().time(), operation.process(), Ending.OK, text));
      }
    }
    return new History(changed);
  }
}
