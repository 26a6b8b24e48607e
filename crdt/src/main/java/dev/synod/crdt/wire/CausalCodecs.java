package dev.synod.crdt.wire;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.DisableWinsFlag;
import dev.synod.crdt.EnableWinsFlag;
import dev.synod.crdt.MvRegister;
import dev.synod.crdt.OrMap;
import dev.synod.crdt.RemoveWinsSet;
import dev.synod.crdt.ResettableCounter;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotStore;
import java.util.function.Function;

/** The types with dots as bytes. */
public final class CausalCodecs {

  private CausalCodecs() {}

  private static <T, S extends DotStore<S>> TypeCodec<T> of(
      int kind, Codec<S> stores, Function<T, Causal<S>> state, Function<Causal<S>, T> made) {
    var causal = StoreCodecs.causal(stores);
    return new TypeCodec<>(
        kind,
        Codec.of(
            (value, writer) -> causal.write(state.apply(value), writer),
            reader -> made.apply(causal.read(reader))));
  }

  public static TypeCodec<ResettableCounter> resettableCounter() {
    return of(4, StoreCodecs.tallies(), ResettableCounter::state, ResettableCounter::new);
  }

  public static <V> TypeCodec<MvRegister<V>> mvRegister(Codec<V> values) {
    return of(6, StoreCodecs.written(values), MvRegister::state, MvRegister::new);
  }

  public static TypeCodec<EnableWinsFlag> enableWinsFlag() {
    return of(7, StoreCodecs.dotSet(), EnableWinsFlag::state, EnableWinsFlag::new);
  }

  public static TypeCodec<DisableWinsFlag> disableWinsFlag() {
    return of(8, StoreCodecs.dotSet(), DisableWinsFlag::state, DisableWinsFlag::new);
  }

  public static <E> TypeCodec<AddWinsSet<E>> addWinsSet(Codec<E> elements) {
    return of(
        11, StoreCodecs.dotMap(elements, StoreCodecs.dotSet()), AddWinsSet::state, AddWinsSet::new);
  }

  public static <E> TypeCodec<RemoveWinsSet<E>> removeWinsSet(Codec<E> elements) {
    return of(
        12,
        StoreCodecs.dotMap(elements, StoreCodecs.written(Codec.yesOrNo())),
        RemoveWinsSet::state,
        RemoveWinsSet::new);
  }

  /**
   * Maps of which values are of that kind: {@link StoreCodecs#tallies} for counters, {@link
   * StoreCodecs#dotMap} for sets and maps, and so on.
   */
  public static <K, S extends DotStore<S>> TypeCodec<OrMap<K, S>> orMap(
      Codec<K> keys, Codec<S> stores) {
    return of(13, StoreCodecs.dotMap(keys, stores), OrMap::state, OrMap::new);
  }
}
