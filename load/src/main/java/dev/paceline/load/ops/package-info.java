/// What the schema `ops` of a warehouse records about loads, as values. Start at
/// [dev.paceline.load.ops.Staged]; does not know any database.
@NullMarked
package dev.paceline.load.ops;

import org.jspecify.annotations.NullMarked;
