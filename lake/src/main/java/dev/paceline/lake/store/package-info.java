/// Objects by key, with conditional writes: the one interface behind `file://` and `s3://`. Start
/// at [dev.paceline.lake.store.ObjectStore]. Knows nothing about commits, sources or records.
@NullMarked
package dev.paceline.lake.store;

import org.jspecify.annotations.NullMarked;
