package dev.synod.actors.replica;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.core.GroupId;
import dev.synod.core.StateMachine;
import dev.synod.core.StoreId;
import dev.synod.log.snapshot.Snapshots;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What an applier is made of: ports and facts, all replaceable in a test.
 *
 * @param self of which store this replica is
 * @param founded how the group began: its first configuration, and what it remembers of clients
 * @param machine makes the state machine, in its first state
 * @param blocking where files are read and written, and large states encoded; never the dispatcher
 *     of actors
 */
public record ApplierSetup<C, R, S>(
    GroupId group,
    StoreId self,
    Founded founded,
    Supplier<? extends StateMachine<C, R, S>> machine,
    Peers peers,
    Snapshots snapshots,
    Executor blocking,
    ApplierSettings settings,
    WatchSettings watch) {}
