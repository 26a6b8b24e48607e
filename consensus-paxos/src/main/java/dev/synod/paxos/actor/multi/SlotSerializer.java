package dev.synod.paxos.actor.multi;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.StoreId;
import dev.synod.paxos.actor.BallotField;
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
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What the replicas of a log say to each other, as bytes. Each message begins with {@code long
 * incarnation, 16 bytes from}; then, by manifest:
 *
 * <pre>
 *   CV  Canvass       ballot, long firstSlot
 *   PP  Prepare       ballot, long firstSlot
 *   AC  Accept        ballot, long chosen, entries
 *   LD  Lead          ballot, long round, long chosen
 *   CR  CanvassReply  ballot, yes/no isWilling
 *   PM  Promise       ballot, long firstSlot, long lastSlot, long chosen, votes ({@link VoteRuns})
 *   AD  Accepted      ballot, long firstSlot, long lastSlot, long chosen
 *   LR  LeadReply     ballot, long round, long chosen
 *   NK  Nack          ballot, ballot promised
 *   RR  RequestReadSlot  long read
 *   RS  ReadSlotReply    long read, long slot
 *   LN  Learn         long firstSlot
 *   LE  Learned       yes/no isLast, entries
 *
 *   ballot  = long round, 16 bytes proposer
 *   entries = long first slot, then {@link EntryBlock}, at least one
 * </pre>
 */
public final class SlotSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_512;

  public SlotSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return SlotLayout.of(((FromReplica) message).message()).manifest();
  }

  @Override
  protected void write(Object message, WireWriter out) {
    var fromReplica = (FromReplica) message;
    out.putLong(fromReplica.incarnation());
    out.putStore(fromReplica.message().from());
    SlotLayout.of(fromReplica.message()).fields().accept(out);
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    long incarnation = in.takeLong();
    return new FromReplica(incarnation, read(manifest, in.takeStore(), in));
  }

  private static SlotMessage read(String manifest, StoreId from, WireReader in) {
    return switch (manifest) {
      case SlotLayout.CANVASS -> new Canvass(from, BallotField.take(in), SlotFields.takeSlot(in));
      case SlotLayout.PREPARE -> new Prepare(from, BallotField.take(in), SlotFields.takeSlot(in));
      case SlotLayout.ACCEPT -> readAccept(from, in);
      case SlotLayout.LEAD ->
          new Lead(
              from,
              BallotField.take(in),
              in.takeNatural("a round of reads"),
              SlotFields.takeChosen(in));
      case SlotLayout.CANVASS_REPLY ->
          new CanvassReply(from, BallotField.take(in), in.takeBoolean());
      case SlotLayout.PROMISE -> readPromise(from, in);
      case SlotLayout.ACCEPTED -> readAccepted(from, in);
      case SlotLayout.LEAD_REPLY ->
          new LeadReply(
              from,
              BallotField.take(in),
              in.takeNatural("a round of reads"),
              SlotFields.takeChosen(in));
      case SlotLayout.NACK -> new Nack(from, BallotField.take(in), BallotField.take(in));
      case SlotLayout.REQUEST_READ_SLOT -> new RequestReadSlot(from, in.takeLong());
      case SlotLayout.READ_SLOT_REPLY ->
          new ReadSlotReply(from, in.takeLong(), SlotFields.takeChosen(in));
      case SlotLayout.LEARN -> new Learn(from, SlotFields.takeSlot(in));
      case SlotLayout.LEARNED -> readLearned(from, in);
      default -> throw unknown(manifest);
    };
  }

  private static Accept readAccept(StoreId from, WireReader in) {
    var ballot = BallotField.take(in);
    long chosen = SlotFields.takeChosen(in);
    return new Accept(from, ballot, SlotFields.takeEntries(in), chosen);
  }

  private static Promise readPromise(StoreId from, WireReader in) {
    var ballot = BallotField.take(in);
    long first = SlotFields.takeSlot(in);
    long last = SlotFields.takeLastSlot(first, in);
    long chosen = SlotFields.takeChosen(in);
    return new Promise(from, ballot, first, last, VoteRuns.read(first, last, in), chosen);
  }

  private static Learned readLearned(StoreId from, WireReader in) {
    boolean isLast = in.takeBoolean();
    return new Learned(from, SlotFields.takeEntries(in), isLast);
  }

  private static Accepted readAccepted(StoreId from, WireReader in) {
    var ballot = BallotField.take(in);
    long first = SlotFields.takeSlot(in);
    long last = SlotFields.slot(SlotFields.takeLastSlot(first, in));
    return new Accepted(from, ballot, first, last, SlotFields.takeChosen(in));
  }
}
