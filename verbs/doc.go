// Package verbs turns the words of a command line into acts of packages failure and surveillance. It
// asks no server, writes nothing and knows no clock: the same words with the same [Env] and a given
// key make the same act.
//
// The commands, their flags and the completion are read off failure.Verbs, surveillance.Verbs
// and regime.Fields, so that a verb which is added there needs nothing here. [Parse] reads one
// command line, as a scenario holds it; [Commands] and [GroupCommands] give the same commands
// to a program.
package verbs
