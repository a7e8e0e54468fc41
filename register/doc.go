// Package register keeps what is over in cases and groups: one file for each, to which parts are only ever
// added. Each part has the digest of the one before, so that a change, a gap or a missing end shows to whoever
// has the digest of the last, with or without the key. What is in a part is sealed as everything is that the
// Temporal server keeps.
//
// A case that was restored from a backup goes on from an earlier part than the last in the file. Then the file
// branches: the parts that nobody goes on from stay where they are, and are read by no one.
package register
