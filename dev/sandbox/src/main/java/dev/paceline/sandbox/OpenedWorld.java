package dev.paceline.sandbox;

import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.SandboxState;
import dev.paceline.sandbox.world.World;

/// A world and the sandbox state that goes with it.
record OpenedWorld(World base, SandboxState state) {
  EditedWorld world() {
    return new EditedWorld(base, state.edits(), state.clock());
  }
}
