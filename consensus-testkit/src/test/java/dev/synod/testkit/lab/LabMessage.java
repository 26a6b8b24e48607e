package dev.synod.testkit.lab;

/** What a lab's actors say to each other: it crosses the simulated network as Jackson's CBOR. */
public interface LabMessage {}
