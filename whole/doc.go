// Package whole writes files that are there whole or not at all: whoever opens one under its name
// sees all of it, also after a crash, a power cut or a full disk. What is found broken all the same
// (copied by hand, or spoilt by the disk) is set aside under another name, never deleted.
//
// A file is written beside its place under an unfinished name, made durable, renamed, and its
// folder's names are made durable too. The libraries that do this do half of it: renameio has no
// Windows, natefinch/atomic leaves the folder, and neither can refuse to replace a file.
package whole
