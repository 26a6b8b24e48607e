package dev.synod.actors.client;

import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;

/** A command as bytes, made on its caller's thread, before it has a session and a number. */
record EncodedBody(int serializerId, String manifest, Bytes bytes) {

  EncodedCommand numbered(long session, long request, long ackedBelow) {
    return new EncodedCommand(session, request, ackedBelow, serializerId, manifest, bytes);
  }
}
