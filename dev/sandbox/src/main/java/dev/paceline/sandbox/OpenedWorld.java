package dev.paceline.sandbox;

import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Memory;
import dev.paceline.sandbox.world.World;

/// A world, and what is remembered of it.
record OpenedWorld(World world, Memory memory) {
  Catalogue catalogue() {
    return new Catalogue(world, memory.edits(), memory.clock());
  }
}
