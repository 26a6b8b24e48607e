package dev.synod.actors.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.serializers.RecordSerializer;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.channel.ChannelMessage.Where;
import dev.synod.actors.message.AdminRequest.ChangeMembers;
import dev.synod.actors.message.AdminRequest.CurrentConfiguration;
import dev.synod.actors.message.AdminRequest.CurrentLeader;
import dev.synod.actors.message.AdminRequest.GetConfiguration;
import dev.synod.actors.message.AdminRequest.GetLeader;
import dev.synod.actors.message.AdminRequest.TransferLeadership;
import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage.GetStatus;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.transfer.SnapshotMessage.Ack;
import dev.synod.actors.transfer.SnapshotMessage.Again;
import dev.synod.actors.transfer.SnapshotMessage.Delivered;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotMessage.Ready;
import dev.synod.actors.transfer.SnapshotMessage.Refused;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.AddWitness;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * All classes that control messages may hold, with their ids on the wire. An id never changes its
 * meaning, and that of a removed class is not used again.
 */
final class ControlClasses {

  /** Deeper than any control message nests. */
  private static final int DEPTH_MAX = 24;

  private ControlClasses() {}

  /** A Kryo that knows these classes and no others. For one thread at a time. */
  static Kryo kryo(WireContext context) {
    var kryo = new Interfaces();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.setMaxDepth(DEPTH_MAX);
    registerValues(kryo, context);
    registerMessages(kryo);
    registerTransfers(kryo);
    registerAdministration(kryo);
    registerWatches(kryo);
    registerConsistency(kryo);
    registerLeaderSearch(kryo);
    return kryo;
  }

  private static void registerValues(Kryo kryo, WireContext context) {
    kryo.register(String.class, new ControlValues.Text()); // keeps Kryo's own id 1
    kryo.register(GroupId.class, new RecordSerializer<>(GroupId.class), 20);
    kryo.register(NodeAddress.class, new RecordSerializer<>(NodeAddress.class), 21);
    kryo.register(Member.class, new RecordSerializer<>(Member.class), 22);
    kryo.register(StoreId.class, new ControlValues.Store(), 23);
    kryo.register(Term.class, new RecordSerializer<>(Term.class), 24);
    kryo.register(LogPosition.class, new RecordSerializer<>(LogPosition.class), 25);
    kryo.register(Configuration.class, new ControlValues.Members(), 26);
    kryo.register(Optional.class, new ControlValues.Maybe(), 27);
    kryo.register(List.class, new ControlValues.Elements(), 28);
    kryo.register(SessionLimits.class, new RecordSerializer<>(SessionLimits.class), 34);
    kryo.register(ActorRef.class, new ControlValues.Ref(context), 29);
    kryo.register(UUID.class, new ControlValues.Id(), 30);
    kryo.register(AddVoter.class, new RecordSerializer<>(AddVoter.class), 31);
    kryo.register(AddLearner.class, new RecordSerializer<>(AddLearner.class), 32);
    kryo.register(Remove.class, new RecordSerializer<>(Remove.class), 33);
    kryo.register(AddWitness.class, new RecordSerializer<>(AddWitness.class), 35);
  }

  private static void registerMessages(Kryo kryo) {
    kryo.register(Hello.class, new RecordSerializer<>(Hello.class), 40);
    kryo.register(Founded.class, new RecordSerializer<>(Founded.class), 41);
    kryo.register(Locate.class, new RecordSerializer<>(Locate.class), 42);
    kryo.register(Located.class, new RecordSerializer<>(Located.class), 43);
    kryo.register(GetStatus.class, new RecordSerializer<>(GetStatus.class), 44);
    kryo.register(ReplicaStatus.class, new RecordSerializer<>(ReplicaStatus.class), 45);
    kryo.register(ReplicaStatus.Peer.class, new RecordSerializer<>(ReplicaStatus.Peer.class), 46);
    kryo.register(
        ReplicaStatus.Detail.class, new RecordSerializer<>(ReplicaStatus.Detail.class), 56);
    kryo.register(Where.class, new RecordSerializer<>(Where.class), 47);
    kryo.register(At.class, new RecordSerializer<>(At.class), 48);
  }

  private static void registerAdministration(Kryo kryo) {
    kryo.register(GetConfiguration.class, new RecordSerializer<>(GetConfiguration.class), 60);
    kryo.register(ChangeMembers.class, new RecordSerializer<>(ChangeMembers.class), 61);
    kryo.register(
        CurrentConfiguration.class, new RecordSerializer<>(CurrentConfiguration.class), 62);
    kryo.register(GetLeader.class, new RecordSerializer<>(GetLeader.class), 63);
    kryo.register(TransferLeadership.class, new RecordSerializer<>(TransferLeadership.class), 64);
    kryo.register(CurrentLeader.class, new RecordSerializer<>(CurrentLeader.class), 65);
  }

  private static void registerWatches(Kryo kryo) {
    kryo.register(Gone.class, new RecordSerializer<>(Gone.class), 70);
    kryo.register(NotServed.class, new RecordSerializer<>(NotServed.class), 71);
    kryo.register(Refounded.class, new RecordSerializer<>(Refounded.class), 72);
  }

  private static void registerConsistency(Kryo kryo) {
    kryo.register(CompareDigests.class, new RecordSerializer<>(CompareDigests.class), 75);
    kryo.register(DigestsAre.class, new RecordSerializer<>(DigestsAre.class), 76);
    kryo.register(Diverged.class, new RecordSerializer<>(Diverged.class), 77);
  }

  private static void registerLeaderSearch(Kryo kryo) {
    kryo.register(WhoLeads.class, new RecordSerializer<>(WhoLeads.class), 80);
    kryo.register(Leads.class, new RecordSerializer<>(Leads.class), 81);
  }

  private static void registerTransfers(Kryo kryo) {
    kryo.register(Offer.class, new RecordSerializer<>(Offer.class), 50);
    kryo.register(Ready.class, new RecordSerializer<>(Ready.class), 51);
    kryo.register(Ack.class, new RecordSerializer<>(Ack.class), 52);
    kryo.register(Again.class, new RecordSerializer<>(Again.class), 53);
    kryo.register(Delivered.class, new RecordSerializer<>(Delivered.class), 54);
    kryo.register(Refused.class, new RecordSerializer<>(Refused.class), 55);
  }

  /**
   * Kryo reads a class's name, and takes as much memory as that says it needs, before it finds that
   * names are not allowed.
   */
  private static final class NoNames extends DefaultClassResolver {
    @Override
    protected Registration readName(Input input) {
      throw new KryoException("a class goes by its id, never by its name");
    }
  }

  /** Finds the registration of an interface for the classes that implement it. */
  private static final class Interfaces extends Kryo {

    Interfaces() {
      super(new NoNames(), null);
    }

    /** Kryo itself lets a second class take an id from the first, which is then unknown. */
    @Override
    public Registration register(Registration registration) {
      var known = getRegistration(registration.getId());
      Invariants.check(
          known == null || known.getType() == registration.getType(),
          "an id on the wire names one class: %s is both %s and %s",
          registration.getId(),
          known,
          registration);
      return super.register(registration);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Registration getRegistration(Class type) {
      return super.getRegistration(registered(type));
    }

    private static Class<?> registered(Class<?> type) {
      if (ActorRef.class.isAssignableFrom(type)) {
        return ActorRef.class;
      }
      return List.class.isAssignableFrom(type) ? List.class : type;
    }
  }
}
