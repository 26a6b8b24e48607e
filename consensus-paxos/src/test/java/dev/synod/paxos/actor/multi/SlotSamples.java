package dev.synod.paxos.actor.multi;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Canvass;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Learn;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotMessage.ReadSlotReply;
import dev.synod.paxos.protocol.multi.SlotMessage.RequestReadSlot;
import dev.synod.paxos.protocol.multi.SlotVote;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One message of each kind, and of each shape that it may have, by name. */
final class SlotSamples {

  static final StoreId S1 = StoreId.of(1);
  static final Ballot B5 = new Ballot(5, StoreId.of(2));
  static final Ballot B6 = new Ballot(6, StoreId.of(3));
  static final Ballot B7 = new Ballot(7, S1);
  static final Entry E301 = entry(301, "add 5");
  static final Entry E302 = new Entry(302, new Term(5), EntryKind.NO_OP, Bytes.EMPTY);
  static final Entry E303 = entry(303, "add 7");
  static final Entry E306 = entry(306, "add 9");

  private SlotSamples() {}

  static Map<String, SlotMessage> all() {
    var samples = new TreeMap<String, SlotMessage>();
    samples.put("canvass", new Canvass(S1, B7, 301));
    samples.put("prepare", new Prepare(S1, B7, 301));
    samples.put("accept", new Accept(S1, B7, List.of(E301), 300));
    samples.put("accept-two", new Accept(S1, B7, List.of(E301, E302), 0));
    samples.put("lead", new Lead(S1, B7, 17, 300));
    samples.put("canvass-reply", new CanvassReply(S1, B7, true));
    samples.put("promise", promise(Long.MAX_VALUE, vote(B5, E301)));
    samples.put("promise-without-votes", promise(Long.MAX_VALUE));
    samples.put(
        "promise-two-ballots", promise(303, vote(B5, E301), vote(B5, E302), vote(B6, E303)));
    samples.put("promise-with-hole", promise(310, vote(B5, E303), vote(B5, E306)));
    samples.put("accepted", new Accepted(S1, B7, 301, 302, 300));
    samples.put("lead-reply", new LeadReply(S1, B7, 17, 300));
    samples.put("nack", new Nack(S1, B6, B7));
    samples.put("request-read-slot", new RequestReadSlot(S1, 42));
    samples.put("read-slot-reply", new ReadSlotReply(S1, 42, 302));
    samples.put("learn", new Learn(S1, 301));
    samples.put("learned", new Learned(S1, List.of(E302, E303)));
    samples.put("learned-part", new Learned(S1, List.of(E302, E303), false));
    return samples;
  }

  /** What a replica whose slots up to 300 are chosen promises from 301 on. */
  static Promise promise(long lastSlot, SlotVote... votes) {
    return new Promise(S1, B7, 301, lastSlot, Arrays.asList(votes), 300);
  }

  static SlotVote vote(Ballot ballot, Entry entry) {
    return new SlotVote(ballot, entry);
  }

  static Entry entry(long slot, String payload) {
    return new Entry(slot, new Term(5), EntryKind.COMMAND, Bytes.utf8(payload));
  }
}
