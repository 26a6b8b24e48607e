package dev.synod.actors.message;

/**
 * A message that may cross to another node. Each has a codec; a class without one is refused by the
 * serializers.
 */
public interface WireMessage {}
