package dev.synod.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Accepting;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.AcceptorStep;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Learner;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.ProposerStep;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.Result;
import dev.synod.paxos.rules.Rounds;
import dev.synod.paxos.rules.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Nodes by name, each an acceptor with a disk and a proposer, which say what the test lets them say
 * to whom. A learner sees everything that is said.
 */
final class Assembly {

  /** One node: what is on its disk, and what is only in its memory. */
  private static final class Node {
    private final StoreId id;
    private final List<Written<String>> disk = new ArrayList<>();
    private Acceptor<String> acceptor;
    private Rounds rounds;
    private Optional<Proposer<String>> proposer = Optional.empty();
    private boolean isUp = true;

    private Node(StoreId id) {
      this.id = id;
      this.acceptor = Acceptor.initial(id);
      this.rounds = Rounds.atStart(id, 0, 1);
    }

    private void restart() {
      acceptor = Acceptor.initial(id);
      disk.forEach(written -> acceptor = acceptor.recovered(written));
      rounds = Rounds.atStart(id, rounds.reserved(), 1);
      proposer = Optional.empty();
      isUp = true;
    }
  }

  private final Map<String, Node> nodes = new TreeMap<>();
  private final Quorums quorums;
  private Learner<String> learner;

  /** In that order their ids rise. */
  Assembly(String... names) {
    for (String name : names) {
      nodes.put(name, new Node(StoreId.of(nodes.size() + 1L)));
    }
    quorums = Quorums.majorities(nodes.values().stream().map(node -> node.id).toList());
    learner = Learner.initial(quorums.accept());
  }

  /** That node begins to propose a value with a ballot of its own. Nobody hears of it yet. */
  void wants(String name, String value) {
    var node = node(name);
    var proposal = new Proposal<>(quorums, new Change.Decide<>(value), 100);
    node.proposer = Optional.of(Proposer.begin(proposal, drawn(node)).after());
  }

  /** That node, which has given up its ballot, takes the next one. */
  void triesAgain(String name, int attempt) {
    var node = node(name);
    node.proposer = node.proposer.map(one -> one.resume(attempt, drawn(node)).after());
  }

  /** Phase 1 between a proposer and these acceptors: requests and answers arrive. */
  void prepares(String name, String... acceptors) {
    var request = new PaxosMessage.Prepare<String>(proposer(name).ballot());
    for (String acceptor : acceptors) {
      deliver(name, acceptor, request);
    }
  }

  /** Phase 2 between a proposer that has its quorum and these acceptors. */
  void accepts(String name, String... acceptors) {
    var request = new PaxosMessage.Accept<>(proposer(name).ballot(), proposed(name));
    for (String acceptor : acceptors) {
      deliver(name, acceptor, request);
    }
  }

  void crash(String name) {
    node(name).isUp = false;
  }

  void restart(String name) {
    node(name).restart();
  }

  Acceptor<String> acceptor(String name) {
    return node(name).acceptor;
  }

  Proposer<String> proposer(String name) {
    return node(name).proposer.orElseThrow();
  }

  /** What that node proposes in phase 2. */
  String proposed(String name) {
    return ((Accepting<String>) proposer(name)).value();
  }

  /** What that node's proposer found out. */
  Result<String> result(String name) {
    return ((Finished<String>) proposer(name)).result();
  }

  Optional<String> learned() {
    return learner.learned();
  }

  private Ballot drawn(Node node) {
    var next = node.rounds.next();
    node.rounds = next.after();
    return next.ballot();
  }

  private void deliver(String from, String to, PaxosMessage.ToAcceptor<String> request) {
    if (!node(from).isUp || !node(to).isUp) {
      throw new IllegalStateException("one of %s and %s is down".formatted(from, to));
    }
    var acceptor = node(to);
    AcceptorStep<String> step = acceptor.acceptor.receive(request);
    acceptor.acceptor = step.after();
    for (Effect<String> effect : step.effects()) {
      if (effect instanceof Effect.Write<String> write) {
        acceptor.disk.add(write.written());
      }
    }
    for (Effect<String> effect : step.effects()) {
      var said = effect instanceof Effect.WhenDurable<String> gated ? gated.effect() : effect;
      if (said instanceof Effect.Publish<String> publish) {
        learner = learner.receive(publish.message());
      }
      if (said instanceof Effect.Answer<String> answer) {
        hear(node(from), answer.message());
      }
    }
  }

  private void hear(Node node, PaxosMessage.ToProposer<String> answer) {
    if (answer instanceof PaxosMessage.Nack<String> nack) {
      node.rounds = node.rounds.seen(nack.promised());
    }
    node.proposer = node.proposer.map(one -> one.receive(answer)).map(this::done);
  }

  private Proposer<String> done(ProposerStep<String> step) {
    for (Effect<String> effect : step.effects()) {
      if (effect instanceof Effect.Publish<String> publish) {
        learner = learner.receive(publish.message());
      }
    }
    return step.after();
  }

  private Node node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node is called " + name);
    }
    return node;
  }
}
