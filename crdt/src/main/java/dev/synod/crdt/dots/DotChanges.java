package dev.synod.crdt.dots;

import dev.synod.crdt.clock.Dot;

/** Told which dots a merge brought to life in a store and which it ended. */
interface DotChanges {

  /** Nobody wants to know. */
  DotChanges UNHEARD =
      new DotChanges() {
        @Override
        public void added(Dot dot) {}

        @Override
        public void removed(Dot dot) {}
      };

  void added(Dot dot);

  void removed(Dot dot);
}
