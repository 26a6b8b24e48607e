package dev.synod.actors.replica;

/** Marks what tests encode by Jackson CBOR, as an application would. */
interface Kept {}
