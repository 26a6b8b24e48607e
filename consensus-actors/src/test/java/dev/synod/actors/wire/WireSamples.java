package dev.synod.actors.wire;

import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.channel.ChannelMessage.Where;
import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.GetStatus;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.transfer.SnapshotMessage.Ack;
import dev.synod.actors.transfer.SnapshotMessage.Again;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.actors.transfer.SnapshotMessage.Delivered;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotMessage.Ready;
import dev.synod.actors.transfer.SnapshotMessage.Refused;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/**
 * One of each message, the same in every run. Actors are those of a system named {@code golden}.
 */
final class WireSamples {

  static final GroupId GROUP = new GroupId("chat-1");

  private final ActorRefResolver refs;

  WireSamples(ActorRefResolver refs) {
    this.refs = refs;
  }

  Map<String, Object> client() {
    ActorRef<Answers> client = ref("client#17");
    ActorRef<ReplicaMessage> leader = ref("leader#4");
    var samples = new TreeMap<String, Object>();
    samples.put(
        "propose",
        new Propose(
            GROUP,
            client,
            300,
            List.of(
                new Proposal(7, EntryKind.COMMAND, Bytes.utf8("add 5")),
                new Proposal(-8, EntryKind.OPEN_SESSION, Bytes.EMPTY))));
    samples.put(
        "ask",
        new Ask(
            GROUP,
            client,
            List.of(
                new Question(1, Read.linearizable(), "how many?"),
                new Question(2, Read.atLeast(99), 5L),
                new Question(3, Read.stale(), 6))));
    samples.put(
        "ask-more",
        new Ask(
            GROUP,
            client,
            List.of(
                new Question(4, Read.lease(), 7L),
                new Question(5, Read.bounded(Duration.ofMillis(250)), 8L))));
    samples.put(
        "answers",
        new Answers(
            GROUP,
            Optional.of(leader),
            List.of(
                new Answer(7, new Outcome.Ok<>(12L, 101)),
                new Answer(8, new Outcome.Rejected<>(Reason.BUSY, "zu viel für heute")),
                new Answer(9, new Outcome.Unknown<>("lost")))));
    samples.put("answers-none", new Answers(GROUP, Optional.empty(), List.of()));
    samples.put("chunk", new Chunk(-5, 65_536, 77, Bytes.utf8("some of it")));
    samples.put("pull", new Pull(GROUP, ref("watcher#10"), 3, -77, 99, false, 256, 65_536));
    samples.put("pull-now", new Pull(GROUP, ref("watcher#10"), 1, 0, -1, true, 256, 65_536));
    samples.put(
        "changes",
        new Changes(
            GROUP,
            3,
            -77,
            ref("hub#11"),
            99,
            130,
            List.of(new Changed(100, Bytes.utf8("add 5")), new Changed(129, Bytes.utf8("add 6")))));
    samples.put("keep-alive", new KeepAlive(GROUP, 300));
    return samples;
  }

  Map<String, Object> control() {
    var ann = new Member(StoreId.of(1), new NodeAddress("ann", "pekko://golden@10.0.0.1:7355"));
    var bob = new Member(StoreId.of(2), new NodeAddress("bob", "pekko://golden@10.0.0.2:7355"));
    ActorRef<ReplicaMessage> replica = ref("replica#5");
    ActorRef<NodeMessage> node = ref("node#6");
    var founded =
        new Founded(-77, new Configuration(List.of(ann, bob)), new SessionLimits(10_000, 1024));
    var samples = new TreeMap<String, Object>();
    samples.put(
        "hello",
        new Hello(
            GROUP,
            ann,
            replica,
            Optional.of(founded),
            Optional.of(founded.configuration()),
            Optional.of(node)));
    samples.put(
        "hello-first",
        new Hello(GROUP, ann, replica, Optional.empty(), Optional.empty(), Optional.empty()));
    samples.put("locate", new Locate(GROUP, ref("asker#7")));
    samples.put("located", new Located(GROUP, Optional.of(replica)));
    samples.put("located-none", new Located(GROUP, Optional.empty()));
    samples.put("where", new Where(ref("introducer#10")));
    samples.put("at", new At("pekko://golden@10.0.0.1:7355", 7356, new UUID(1, -2)));
    samples.put("who-leads", new WhoLeads(GROUP, 7, 41, ref("asker#7")));
    samples.put("leads", new Leads(GROUP, 7, 5, replica));
    samples.put("get-status", new GetStatus(ref("asker#7")));
    offers(ann, bob, samples);
    answersOfTransfers(samples);
    administration(ann, bob, samples);
    watches(samples);
    digests(ann, replica, samples);
    samples.put(
        "status",
        new ReplicaStatus(
            GROUP,
            ann,
            "leader",
            5,
            Optional.of(ann.store()),
            120,
            119,
            118,
            100,
            Optional.of("disk is full"),
            List.of(new ReplicaStatus.Peer(bob, 117, -1)),
            List.of(ReplicaStatus.Detail.of("term", 5))));
    return samples;
  }

  private void offers(Member ann, Member bob, Map<String, Object> samples) {
    samples.put("offer", offer(ann, bob, 70_000, false));
    samples.put("offer-stateless", offer(ann, bob, 60, true));
  }

  private Offer offer(Member ann, Member bob, long bytes, boolean stateless) {
    return new Offer(
        GROUP,
        -77,
        ann.store(),
        new Term(4),
        new LogPosition(100, new Term(3)),
        new Configuration(List.of(ann, bob)),
        bytes,
        -3,
        stateless,
        ref("sender#8"));
  }

  private void answersOfTransfers(Map<String, Object> samples) {
    samples.put("ready", new Ready(-5, 65_536, ref("receiver#9")));
    samples.put("ack", new Ack(-5, 65_536));
    samples.put("again", new Again(-5, 65_536));
    samples.put("delivered", new Delivered());
    samples.put("refused", new Refused("not now", true));
  }

  private static void digests(
      Member ann, ActorRef<ReplicaMessage> replica, Map<String, Object> samples) {
    samples.put("compare-digests", new CompareDigests(-77, replica, 1000));
    samples.put("digests-are", new DigestsAre(-77, ann.store(), 3, 1000, -5, 900, 6));
    samples.put("diverged", new Diverged(-77, 1000, -5, true));
  }

  private static void watches(Map<String, Object> samples) {
    samples.put("gone", new Gone(GROUP, 3, 5000));
    samples.put("refounded", new Refounded(GROUP, 3));
    samples.put("not-served", new NotServed(GROUP, 3, "no leader"));
  }

  private static void administration(Member ann, Member bob, Map<String, Object> samples) {
    samples.put("get-leader", new AdminRequest.GetLeader());
    samples.put("current-leader", new AdminRequest.CurrentLeader(ann, 5));
    samples.put(
        "transfer", new AdminRequest.TransferLeadership(Optional.empty(), ann.store(), 3000));
    samples.put(
        "transfer-to",
        new AdminRequest.TransferLeadership(Optional.of(bob.store()), ann.store(), 3000));
  }

  <M> ActorRef<M> ref(String name) {
    return refs.resolveActorRef("pekko://golden/user/" + name);
  }
}
