package dev.synod.paxos.actor.multi;

import dev.synod.actors.wire.WireWriter;
import dev.synod.paxos.actor.BallotField;
import dev.synod.paxos.protocol.multi.SlotMessage;
import java.util.function.Consumer;

/**
 * How one message is laid out, after what all have in common.
 *
 * @param manifest names the layout on the wire; never changes its meaning
 * @param fields writes the message's own fields
 */
record SlotLayout(String manifest, Consumer<WireWriter> fields) {

  static final String CANVASS = "CV";
  static final String PREPARE = "PP";
  static final String ACCEPT = "AC";
  static final String LEAD = "LD";
  static final String CANVASS_REPLY = "CR";
  static final String PROMISE = "PM";
  static final String ACCEPTED = "AD";
  static final String LEAD_REPLY = "LR";
  static final String NACK = "NK";
  static final String REQUEST_READ_SLOT = "RR";
  static final String READ_SLOT_REPLY = "RS";
  static final String LEARN = "LN";
  static final String LEARNED = "LE";

  private static final OfMessage OF_MESSAGE = new OfMessage();

  static SlotLayout of(SlotMessage message) {
    if (message instanceof SlotMessage.ToAcceptor request) {
      return request.match(OF_MESSAGE);
    }
    return message instanceof SlotMessage.ToProposer answer
        ? answer.match(OF_MESSAGE)
        : ((SlotMessage.ToLearner) message).match(OF_MESSAGE);
  }

  /** The layout of each message: forget one, and this does not compile. */
  private static final class OfMessage
      implements SlotMessage.ForAcceptor<SlotLayout>,
          SlotMessage.ForProposer<SlotLayout>,
          SlotMessage.ForLearner<SlotLayout> {

    @Override
    public SlotLayout canvass(SlotMessage.Canvass canvass) {
      return new SlotLayout(
          CANVASS,
          out -> {
            BallotField.put(canvass.ballot(), out);
            out.putLong(canvass.firstSlot());
          });
    }

    @Override
    public SlotLayout prepare(SlotMessage.Prepare prepare) {
      return new SlotLayout(
          PREPARE,
          out -> {
            BallotField.put(prepare.ballot(), out);
            out.putLong(prepare.firstSlot());
          });
    }

    @Override
    public SlotLayout accept(SlotMessage.Accept accept) {
      return new SlotLayout(
          ACCEPT,
          out -> {
            BallotField.put(accept.ballot(), out);
            out.putLong(accept.chosen());
            SlotFields.putEntries(accept.entries(), out);
          });
    }

    @Override
    public SlotLayout lead(SlotMessage.Lead lead) {
      return new SlotLayout(
          LEAD,
          out -> {
            BallotField.put(lead.ballot(), out);
            out.putLong(lead.round());
            out.putLong(lead.chosen());
          });
    }

    @Override
    public SlotLayout canvassReply(SlotMessage.CanvassReply reply) {
      return new SlotLayout(
          CANVASS_REPLY,
          out -> {
            BallotField.put(reply.ballot(), out);
            out.putBoolean(reply.isWilling());
          });
    }

    @Override
    public SlotLayout promise(SlotMessage.Promise promise) {
      return new SlotLayout(
          PROMISE,
          out -> {
            BallotField.put(promise.ballot(), out);
            out.putLong(promise.firstSlot());
            out.putLong(promise.lastSlot());
            out.putLong(promise.chosen());
            VoteRuns.write(promise.votes(), out);
          });
    }

    @Override
    public SlotLayout accepted(SlotMessage.Accepted accepted) {
      return new SlotLayout(
          ACCEPTED,
          out -> {
            BallotField.put(accepted.ballot(), out);
            out.putLong(accepted.firstSlot());
            out.putLong(accepted.lastSlot());
            out.putLong(accepted.chosen());
          });
    }

    @Override
    public SlotLayout leadReply(SlotMessage.LeadReply reply) {
      return new SlotLayout(
          LEAD_REPLY,
          out -> {
            BallotField.put(reply.ballot(), out);
            out.putLong(reply.round());
            out.putLong(reply.chosen());
          });
    }

    @Override
    public SlotLayout nack(SlotMessage.Nack nack) {
      return new SlotLayout(
          NACK,
          out -> {
            BallotField.put(nack.ballot(), out);
            BallotField.put(nack.promised(), out);
          });
    }

    @Override
    public SlotLayout requestReadSlot(SlotMessage.RequestReadSlot request) {
      return new SlotLayout(REQUEST_READ_SLOT, out -> out.putLong(request.read()));
    }

    @Override
    public SlotLayout readSlotReply(SlotMessage.ReadSlotReply reply) {
      return new SlotLayout(
          READ_SLOT_REPLY,
          out -> {
            out.putLong(reply.read());
            out.putLong(reply.slot());
          });
    }

    @Override
    public SlotLayout learn(SlotMessage.Learn learn) {
      return new SlotLayout(LEARN, out -> out.putLong(learn.firstSlot()));
    }

    @Override
    public SlotLayout learned(SlotMessage.Learned learned) {
      return new SlotLayout(
          LEARNED,
          out -> {
            out.putBoolean(learned.isLast());
            SlotFields.putEntries(learned.entries(), out);
          });
    }
  }
}
